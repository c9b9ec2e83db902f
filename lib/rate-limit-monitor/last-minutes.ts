/** The last `count` minutes up to and with `minute`, oldest first; minutes since 1970. */
export function lastMinutes(minute: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => minute - count + 1 + index);
}
