/** Longest time in seconds for which the check may rely on Redis alone: the worst case of an unreachable Redis. */
export const sessionCacheSeconds = 30;

/** Life of a fence in seconds: beyond every entry and every lease that could have been made before it stood. */
export const fenceSeconds = 60;

/** Up to this many sessions end within the transaction of the revocation; above, a job moves the rows. */
export const endedAtOnceMax = 1_000;

/** Up to this many sessions are left out of the end of a whole scope by giving them its new epoch. */
export const sparedMax = 1_000;

/** Sessions of a revocation that are tried afterwards through the real check. */
export const verifiedMax = 20;
