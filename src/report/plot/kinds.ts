/** What `plot --kind` takes. */
export const PICTURE_KINDS = ['power', 'optimality', 'forest', 'grid', 'graph', 'orbit'] as const;

export type PictureKind = (typeof PICTURE_KINDS)[number];
