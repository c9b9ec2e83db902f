/** English, why a session is over, as the sign-in page says it. */
export const enSignedOut = {
  why: {
    revokedBySelf: "You signed this browser out from another device.",
    revoked: "You were signed out: an administrator ended this session.",
    signed_out: "You signed out of this session.",
    expired: (length: string) => `You were signed out: this session had lasted ${length}, which is the most allowed.`,
    idle: (length: string) => `You were signed out after ${length} without activity.`,
    password_change: "You were signed out because your password was changed.",
    lock: "You were signed out because your account was locked.",
    deletion: "You were signed out because your account was deleted.",
    suspended: "You were signed out because the tenant you were in was closed.",
    removed: "You were signed out because you are no longer a member of the tenant you were in.",
    replaced: "You signed in anew, which ended the session before.",
    cap: (most: number | null) =>
      most === null
        ? "You were signed out because you signed in elsewhere."
        : `You were signed out because you signed in elsewhere, and at most ${most} ${most === 1 ? "session is" : "sessions are"} allowed.`,
    impersonation_ended: "Acting as somebody else is over.",
    unknown: "Your session has ended.",
  },
  next: {
    usual: "Sign in to go on where you were.",
    password: "Sign in with the new one. If you did not change it, reset it now.",
    ask: "Ask your administrator if you need to come back.",
  },
  length: {
    minutes: (count: number) => (count === 1 ? "1 minute" : `${count} minutes`),
    hours: (count: number) => (count === 1 ? "1 hour" : `${count} hours`),
    days: (count: number) => (count === 1 ? "1 day" : `${count} days`),
  },
};
