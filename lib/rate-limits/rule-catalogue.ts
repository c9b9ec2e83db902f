/**
 * What a rule counts by: an account, a place on the network, a tenant, who calls (a session or an API key), or one
 * operation of one caller.
 */
export const ruleDimensions = ["account", "address", "tenant", "caller", "caller-operation"] as const;

/** A member of `ruleDimensions`. */
export type RuleDimension = (typeof ruleDimensions)[number];

/** Every rule there is. A new one is named here, described below, and exists. */
export const ruleKeys = [
  "sign-in-account",
  "sign-in-device",
  "sign-in-address",
  "reset-mail-account",
  "reset-mail-address",
  "invitation-mail-tenant",
  "invitation-mail-account",
  "new-device-link",
  "unlock-link",
  "auth-address",
  "api",
  "api-operation",
  "api-tenant",
] as const;

/** A member of `ruleKeys`. */
export type RuleKey = (typeof ruleKeys)[number];

/** Whether a rule refuses, or only counts what it would have refused. */
export const ruleModes = ["enforce", "observe"] as const;

/** A member of `ruleModes`. */
export type RuleMode = (typeof ruleModes)[number];

/** The least and the most, both included. */
export type RuleBounds = readonly [min: number, max: number];

/** A rule as it is without anybody's changes. */
export type RateLimitRule = {
  /** Two letters that stand for the rule in Redis; unique. */
  code: string;
  /** One sentence for people who run the installation. */
  summary: string;
  dimension: RuleDimension;
  /**
   * `log`: a sliding log, exact in every window. `gcra`: the generic cell rate algorithm (ITU-T I.371) with a burst of
   * the limit, one number per key: at most the limit at once, and twice the limit in the worst window.
   */
  algorithm: "log" | "gcra";
  limit: number;
  windowSeconds: number;
  bounds: { limit: RuleBounds; windowSeconds: RuleBounds };
  /** Whether each attempt is written down for a day, or only how many there were. */
  recorded: "attempts" | "counts";
};

const minutes = 60;
const hours = 3600;
/** A log keeps an entry per attempt: short ones only. */
const logBounds = { limit: [1, 200], windowSeconds: [10, 24 * hours] } as const;
const rateBounds = { limit: [1, 100_000], windowSeconds: [1, 24 * hours] } as const;

type BareRule = Pick<RateLimitRule, "code" | "summary" | "dimension" | "limit" | "windowSeconds">;

const exact = (rule: BareRule): RateLimitRule => ({
  ...rule,
  algorithm: "log",
  bounds: logBounds,
  recorded: "attempts",
});

const counted = (rule: BareRule): RateLimitRule => ({
  ...rule,
  algorithm: "gcra",
  bounds: rateBounds,
  recorded: "counts",
});

/** What one session or key may do in a minute; the bounds of the other rules of the API follow from it. */
const callsOfCaller = 1_200;

/** The rules with their defaults. Sign-in: ten failures in fifteen minutes (OWASP ASVS 5.0 V6.3.1). */
export const ruleCatalogue: Readonly<Record<RuleKey, RateLimitRule>> = {
  "sign-in-account": exact({
    code: "sa",
    summary: "Failed sign-ins to one account from browsers that it does not know.",
    dimension: "account",
    limit: 10,
    windowSeconds: 15 * minutes,
  }),
  "sign-in-device": exact({
    code: "sd",
    summary: "Failed sign-ins to one account from a browser that it knows.",
    dimension: "account",
    limit: 10,
    windowSeconds: 15 * minutes,
  }),
  "sign-in-address": exact({
    code: "sn",
    summary: "Failed sign-ins from one network address, to whichever accounts.",
    dimension: "address",
    limit: 10,
    windowSeconds: 15 * minutes,
  }),
  "reset-mail-account": exact({
    code: "ra",
    summary: "Password reset mails to one account: enough for the impatient, too few to bury a mailbox.",
    dimension: "account",
    limit: 5,
    windowSeconds: hours,
  }),
  "reset-mail-address": exact({
    code: "rn",
    summary: "Password resets asked for from one network address.",
    dimension: "address",
    limit: 30,
    windowSeconds: 15 * minutes,
  }),
  "invitation-mail-tenant": {
    code: "it",
    summary: "Invitation mails of one tenant: room for a few pasted lists, too few for a campaign.",
    dimension: "tenant",
    algorithm: "gcra",
    limit: 500,
    windowSeconds: hours,
    bounds: rateBounds,
    recorded: "attempts",
  },
  "invitation-mail-account": exact({
    code: "ia",
    summary: "Invitation mails to one address, whichever tenants send them.",
    dimension: "account",
    limit: 5,
    windowSeconds: hours,
  }),
  "new-device-link": exact({
    code: "nl",
    summary: "Links about an unknown browser that one network address may try.",
    dimension: "address",
    limit: 30,
    windowSeconds: 15 * minutes,
  }),
  "unlock-link": exact({
    code: "ul",
    summary: "Unlock links that one network address may try.",
    dimension: "address",
    limit: 30,
    windowSeconds: 15 * minutes,
  }),
  "auth-address": counted({
    code: "an",
    summary: "Requests to the sign-in endpoints from one network address.",
    dimension: "address",
    limit: 600,
    windowSeconds: minutes,
  }),
  api: counted({
    code: "ap",
    summary: "Operations of one session or API key.",
    dimension: "caller",
    limit: callsOfCaller,
    windowSeconds: minutes,
  }),
  // Half of what the caller may do at all, over ten times as long: bursts pass, a loop that never ends does not.
  "api-operation": counted({
    code: "ao",
    summary: "One operation of one session or API key: room for bursts, too little for a loop that never ends.",
    dimension: "caller-operation",
    limit: (callsOfCaller * 10) / 2,
    windowSeconds: 10 * minutes,
  }),
  // Twenty callers at their own limit.
  "api-tenant": counted({
    code: "at",
    summary: "Operations in one tenant, whoever calls, so that the others find room. Platform staff are not counted.",
    dimension: "tenant",
    limit: callsOfCaller * 20,
    windowSeconds: minutes,
  }),
};

/** Whether a text names a rule. */
export function isRuleKey(text: string): text is RuleKey {
  return Object.hasOwn(ruleCatalogue, text);
}
