/** Failures in a row after which strangers are kept out anew. */
export const failuresPerLock = 10;

/**
 * Failures in a row by browsers that an account does not know, at most; known ones have ten more. Together they never
 * exceed the hundred of NIST SP 800-63B-4, 3.2.2. The database holds both bounds.
 */
export const strangerFailuresMax = 90;

const firstLockSeconds = 15 * 60;
const lockSecondsMax = 24 * 3600;

/**
 * Seconds for which strangers are kept out after so many failures in a row: a quarter of an hour after ten, twice as long
 * after each further ten, a day at most; zero in between; null, until somebody unlocks, once the bound is reached.
 */
export function lockSecondsAfter(failures: number): number | null {
  if (failures >= strangerFailuresMax) return null;
  if (failures === 0 || failures % failuresPerLock !== 0) return 0;
  return Math.min(firstLockSeconds * 2 ** (failures / failuresPerLock - 1), lockSecondsMax);
}

/** What stands for "not by itself" where a wait must be a number of seconds: a week. */
export const untilUnlockedSeconds = 7 * 24 * 3600;
