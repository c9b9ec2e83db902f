/** Figures are counted up to here: an exact count of more would cost what it counts. */
export const countMax = 1_000;

/** A count that may have been cut short; it was taken up to one more than `countMax`. */
export function toCapped(count: number): { count: number; capped: boolean } {
  return { count: Math.min(count, countMax), capped: count > countMax };
}
