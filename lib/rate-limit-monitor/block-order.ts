/** A place in the order of blocks: by the time until which they last, in milliseconds, and then by id. */
export type BlockPosition = { until: number; id: string };

/** Where a block without an end stands: behind all others, at the beginning of the year 9999. */
export const endlessMilliseconds = Date.UTC(9999, 0, 1);

/** Less than zero where `a` stands before `b`; equal ids are one block. */
export function compareBlocks(a: BlockPosition, b: BlockPosition, descending: boolean): number {
  const ascending = a.until === b.until ? compareIds(a.id, b.id) : a.until - b.until;
  return descending ? -ascending : ascending;
}

// By bytes, as Redis and Postgres' "C" do; ids are plain ASCII.
function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
