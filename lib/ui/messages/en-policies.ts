import { formatQuantity } from "@/lib/ui/format";

/** English, the rules of a scope. */
export const enPolicies = {
  title: "Settings",
  description: "Rules that hold everywhere. Each tenant may be stricter, never looser.",
  descriptionOfTenant: "Rules of this tenant. They may be stricter than the platform's, never looser.",
  readOnly: "Your roles let you read these rules, not change them.",
  bound: "Platform",
  effective: "In force",
  asPlatform: "As the platform",
  asDefault: "Default",
  group: {
    sessions: "Sessions",
    roles: "Sessions by role",
    access: "Signing in",
    passwords: "Passwords",
    log: "Audit log",
  },
  sessionsHint:
    "A stricter limit shortens the sessions that exist now, too: some may end at once. A looser one holds for sessions that begin later.",
  rolesHint:
    "For whoever holds the role, beside the rules for everybody: the strictest that applies to a person counts. Whoever gets the role comes under it with the sessions they have.",
  roleField: {
    sessionIdleSeconds: "Idle limit",
    sessionAbsoluteSeconds: "Absolute limit",
    concurrentSessionsMax: "Sessions a person",
  },
  inTenants: "In every tenant",
  ofRole: "Session limits",
  saveLimits: "Save limits",
  noLimit: "None",
  inForce: (value: string) => `In force: ${value}`,
  passwordsHint: "They hold for passwords chosen from now on.",
  field: {
    sessionIdleSeconds: {
      label: "Idle limit",
      unit: { one: "minute", many: "minutes" },
      hint: "The longest time between two requests. For people who administer others it is 30 minutes at most in any case.",
    },
    sessionAbsoluteSeconds: {
      label: "Absolute limit",
      unit: { one: "hour", many: "hours" },
      hint: "The longest time from the sign-in on. For people who administer others it is 12 hours at most in any case.",
    },
    concurrentSessionsMax: {
      label: "Sessions a person",
      unit: { one: "session", many: "sessions" },
      hint: "How many one person may have at a time. Those above it stay until the next sign-in.",
    },
    concurrentSessionsMode: { label: "Beyond that number", hint: "What happens to one more sign-in." },
    rememberMeAllowed: {
      label: "Staying signed in",
      hint: "Where it is not allowed, sessions last a day at most and end when the browser is closed.",
    },
    sessionHistoryDays: {
      label: "Keep ended sessions for",
      unit: { one: "day", many: "days" },
      hint: "From 30 to 3,650 days; a tenant says it for its own people. Receipts of revocations stay.",
    },
    reauthenticationSeconds: {
      label: "Proof of identity for",
      unit: { one: "minute", many: "minutes" },
      hint: "How old a sign-in may be for acts that ask for a fresh one, from 1 to 5 minutes.",
    },
    secondFactorRequired: { label: "Second factor", hint: "Whether entering takes one." },
    signInMethods: { label: "Ways to sign in", hint: "There is no other way on this installation yet." },
    allowedAddresses: {
      label: "Allowed addresses",
      hint: "One address or range a line, such as 203.0.113.0/24. Empty: from anywhere. Your own must be among them.",
    },
    passwordLengthMin: {
      label: "Shortest password",
      unit: { one: "character", many: "characters" },
      hint: "From 12 to 64.",
    },
    passwordComposition: { label: "A password must have", hint: "Length does more than rules about characters." },
    auditRetentionDays: {
      label: "Keep events for",
      unit: { one: "day", many: "days" },
      hint: "At least this long, from 30 to 3,650 days.",
    },
  },
  anyNumber: "No limit",
  anywhere: "From anywhere",
  allowed: "Allowed",
  notAllowed: "Not allowed",
  required: "Required",
  optional: "Not required",
  mode: { "refuse-newest": "The sign-in is refused", "end-oldest": "The oldest session ends" },
  method: { password: "Password" } as Record<string, string>,
  class: { lower: "Lower-case letters", upper: "Capital letters", digit: "Digits", symbol: "Symbols" },
  noClasses: "No rule",
  ranges: (count: number) => (count === 1 ? "1 range" : `${count} ranges`),
  problem: {
    number: "Enter a number, or leave it empty.",
    whole: "Enter a whole number, or leave it empty.",
    atMost: (bound: string) => `At most ${bound}: the platform allows no more.`,
    atLeast: (bound: string) => `At least ${bound}: the platform asks for it.`,
    line: (line: number, message: string) => `Line ${line}: ${message}`,
  },
  shorten: {
    act: { verb: "Shorten", doing: "Shortening" },
    noun: { one: "session", many: "sessions" },
    nobodyLeaves: "None of them ends at once: they end earlier than they would have.",
    leave: (sessions: string) => `${sessions} end at once, and whoever holds them must sign in again.`,
  },
  save: "Save rules",
  saving: "Saving…",
  unchanged: "Nothing has changed yet.",
  saved: "Saved the rules",
  savedHint: "They hold from now on. Sessions that exist keep their limits.",
  tightened: (count: number, pending: boolean) => {
    const sessions = formatQuantity(count, { one: "session", many: "sessions" });
    if (pending) return `${sessions} have been shortened to the new limits; the rest follows in the background.`;
    return count === 1 ? "1 session was shortened to the new limits." : `${sessions} were shortened to the new limits.`;
  },
};
