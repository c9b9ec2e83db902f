import type { Noun } from "@/lib/ui/format";

const noun: Noun = { one: "event", many: "events" };

/**
 * How an action is written: as done and as attempted, then the word before its target, what stands for a target that
 * is not known, and whether a target who is the actor goes unsaid ("signed in", not "signed in as themselves").
 */
export type ActWords = { done: string; attempt: string; link?: string; absent?: string; selfUnsaid?: boolean };

const act: Record<string, ActWords> = {
  "session.create": { done: "signed in", attempt: "sign in", link: "as", selfUnsaid: true },
  "session.update": { done: "changed a session", attempt: "change a session", link: "of" },
  "session.end": { done: "signed out", attempt: "sign out", link: "of", selfUnsaid: true },
  "session.revoke": { done: "ended sessions", attempt: "end sessions", link: "of" },
  "user.create": { done: "created", attempt: "create", absent: "a user" },
  "user.update": { done: "changed", attempt: "change", absent: "a user" },
  "user.lock": { done: "locked", attempt: "lock", absent: "a user" },
  "user.unlock": { done: "unlocked", attempt: "unlock", absent: "a user" },
  "user.delete": { done: "deleted", attempt: "delete", absent: "a user" },
  "account.create": { done: "added a way to sign in", attempt: "add a way to sign in", link: "for" },
  "account.update": { done: "changed a way to sign in", attempt: "change a way to sign in", link: "of" },
  "account.delete": { done: "removed a way to sign in", attempt: "remove a way to sign in", link: "of" },
  "password.request-reset": { done: "asked for a new password", attempt: "ask for a new password", link: "for" },
  "password.reset": { done: "chose a new password", attempt: "choose a new password", link: "for", selfUnsaid: true },
  "password.rehash": { done: "renewed the password hash", attempt: "renew the password hash", link: "of" },
  "verification.create": { done: "issued a one-time proof", attempt: "issue a one-time proof", link: "for" },
  "verification.update": { done: "changed a one-time proof", attempt: "change a one-time proof", link: "of" },
  "verification.delete": { done: "used up a one-time proof", attempt: "use up a one-time proof", link: "of" },
  "platform.set-up": {
    done: "set up the installation",
    attempt: "set up the installation",
    link: "with the owner",
    selfUnsaid: true,
  },
  "audit.read": { done: "read the audit log", attempt: "read the audit log" },
  "mailbox.read": { done: "read the captured mail", attempt: "read the captured mail" },
};

/** English, the audit log. */
export const enAudit = {
  noun,
  title: "Audit log",
  description: "Everything that happened or was refused. Nobody can change it.",
  emptyTitle: "Nothing has happened yet",
  emptyHint: "Events appear here as people sign in and administrators act.",
  emptyOfUser: "Nothing is recorded about this user",
  emptyOfUserHint: "Events in which somebody acts on this account appear here.",
  column: { time: "Time", event: "Event", outcome: "Outcome", source: "Source", address: "Address", reason: "Reason" },
  source: { console: "Console", api: "API", cli: "Command line", job: "Background job", auth: "Sign-in" } as Record<
    string,
    string
  >,
  outcome: { success: "Success", denied: "Denied", failure: "Failed" },
  denied: "was refused to",
  failed: "failed to",
  act,
  /** How an action without words of its own is written. */
  unknownAct: (action: string): ActWords => ({ done: `did ${action}`, attempt: `do ${action}`, link: "on" }),
  themselves: "themselves",
  impersonating: "as",
  actor: {
    cli: "Command line",
    job: "Background job",
    system: "System",
    anonymous: "Somebody not signed in",
  } as Record<string, string>,
  filter: {
    action: "Action",
    actor: "Actor id",
    actorHint: "The id of the user who acted.",
    target: "Target id",
    targetHint: "The id of the user, session or other thing it was about.",
    outcome: "Outcome",
    address: "Address",
    addressHint: "One address, or a range such as 203.0.113.0/24.",
    requestId: "Request id",
    requestHint: "As shown with an error, or answered in X-Request-Id.",
    time: "Time",
    is: "is",
    from: "from",
    to: "until",
  },
  sheet: {
    description: "What happened, who did it, and from where",
    difference: "What changed",
    before: "Before",
    after: "After",
    field: "Field",
    nothing: "nothing",
    context: "Context",
    actor: "Actor",
    impersonator: "Impersonator",
    target: "Target",
    noTarget: "None",
    reason: "Reason",
    action: "Action",
    outcome: "Outcome",
    source: "Source",
    address: "Address",
    userAgent: "User agent",
    requestId: "Request id",
    id: "Event id",
    time: "Time",
    tenant: "Tenant",
    details: "Details",
    sameRequest: "Everything in this request",
    sameActor: "Everything by this actor",
    sameTarget: "Everything about this target",
    receipt: "Receipt",
    absent: "This event could not be found. It may have been removed by the retention policy.",
  },
};
