/** The sums of the first blocks of a run. */
export interface SavedSums<Sums> {
  /** blocks that are in the sums: 0 … blocks−1 */
  readonly blocks: number;
  /** records and lists of numbers, texts and typed arrays */
  readonly sums: Sums;
}

/**
 * Where a run leaves the sums of the blocks it has merged, so that another process can go on from there. Blocks are merged
 * in their order, so that the sums of the first k are the same bits however often the run was interrupted.
 */
export interface SumsStore {
  /**
   * What was saved of a stage of the run, if anything was.
   * @param empty sums of no blocks: what is loaded has their form
   * @throws {UserError} the saved sums are of another form
   */
  load<Sums>(stage: string, empty: Sums): SavedSums<Sums> | undefined;
  /** Called after every block with the sums so far, which go on changing; the store decides when to write them. */
  save(stage: string, saved: SavedSums<unknown>): void;
}
