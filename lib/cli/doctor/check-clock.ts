import { type Finding, findings } from "./finding";

const { ok, warning, failure } = findings("clock");

/** Differences that are worth a word, and those that are not to be borne, in milliseconds: limits and codes last minutes. */
const noticeable = 1_000;
const harmful = 30_000;

/** How far a store's clock is from this process's, the way to it and back taken off by halves (as in RFC 5905). */
export async function checkClock(store: string, readTime: () => Promise<number>): Promise<Finding> {
  await readTime();
  const sentAt = Date.now();
  const theirs = await readTime();
  const difference = Math.round(theirs - (sentAt + Date.now()) / 2);
  const said = `${store}'s clock is ${Math.abs(difference)} ms ${difference < 0 ? "behind" : "ahead of"} this process's`;
  const mend = "synchronise the clocks of both machines (NTP)";
  if (Math.abs(difference) >= harmful) return failure(said, mend);
  return Math.abs(difference) >= noticeable ? warning(said, mend) : ok(said);
}
