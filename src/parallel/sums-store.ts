/** The sums of the first blocks of a run. */
export interface SavedSums<Sums = unknown> {
  /** whole blocks that are in the sums: 0 … blocks−1 */
  readonly blocks: number;
  /** samples that were drawn for them, and for `last` */
  readonly drawn: number;
  /** samples that the run was to draw when it was saved */
  readonly asked: number;
  /** by its name, all that the sums depend on and that another number of samples may change */
  readonly basis: Readonly<Record<string, string>>;
  /** records and lists of numbers, texts and typed arrays */
  readonly sums: Sums;
  /** the sums of the block that follows by itself, if it is the last one and not whole: with more samples it is another one */
  readonly last?: unknown;
}

/**
 * Where a run leaves the sums of the blocks it has merged, so that another process can go on from there. Blocks are merged
 * in their order, so that the sums of the first k are the same bits however often the run was interrupted.
 */
export interface SumsStore {
  /** What was saved of a stage of the run, if anything was; it need not fit the run. */
  load(stage: string): SavedSums | undefined;
  /** Forgets what was saved of a stage and of its parts, `STAGE: …`, and says why it cannot be used. */
  discard(stage: string, why: string): void;
  /** Called after every block with the sums so far, which go on changing; the store decides when to write them. */
  save(stage: string, saved: SavedSums): void;
}
