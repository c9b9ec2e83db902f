/** How long a session may last, in seconds. */
export type SessionLimits = {
  /** From the sign-in on, whatever happens. */
  absoluteSeconds: number;
  /** Between two requests. */
  idleSeconds: number;
};

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Rank of the lowest role whose holders administer others (moderator); they get the shorter limits. */
export const administratorRankMin = 30;

/** Longest life of the session of a person who is not remembered, whether they asked for that or a policy did. */
export const unrememberedSecondsMax = day;

/**
 * The limits of a new session (NIST SP 800-63B-4 2.2.3 asks for 12 h and 30 min where others' data is at stake, 30 d
 * otherwise). A person who asked not to be remembered gets a day at most.
 */
export function sessionLimits({
  isAdministrator,
  rememberMe,
}: {
  isAdministrator: boolean;
  rememberMe: boolean;
}): SessionLimits {
  const limits = isAdministrator
    ? { absoluteSeconds: 12 * hour, idleSeconds: 30 * minute }
    : { absoluteSeconds: 30 * day, idleSeconds: 7 * day };
  return rememberMe ? limits : atMost(limits, unrememberedSecondsMax);
}

function atMost(limits: SessionLimits, seconds: number): SessionLimits {
  return {
    absoluteSeconds: Math.min(limits.absoluteSeconds, seconds),
    idleSeconds: Math.min(limits.idleSeconds, seconds),
  };
}
