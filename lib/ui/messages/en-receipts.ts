import { formatCount, formatDuration, formatQuantity, type Noun } from "@/lib/ui/format";

const noun: Noun = { one: "receipt", many: "receipts" };
const session: Noun = { one: "session", many: "sessions" };
const person: Noun = { one: "person", many: "people" };

/** English, the list of receipts and the receipt itself. */
export const enReceipts = {
  noun,
  title: "Receipts",
  description: "What was ended, by whom, and since when nothing accepts it.",
  emptyTitle: "No session has been ended on purpose yet",
  emptyHint: "Each time somebody ends sessions, its receipt is kept here.",
  column: {
    verdict: "What",
    status: "Status",
    reason: "Reason",
    actor: "By",
    requested: "Requested",
  },
  receipt: "Receipt",
  print: "Print",
  show: "Show receipt",
  verdict: {
    nothing: "There was nothing to end.",
    nothingHint: "No session was alive when this was asked for.",
    ended: (sessions: number, people: number | null) =>
      people === null
        ? `Ended. ${formatQuantity(sessions, session)}.`
        : `Ended. ${formatQuantity(sessions, session)} of ${formatQuantity(people, person)}.`,
    endedUncounted: "Ended. All of them, at once.",
    over: "Nothing accepts them any more.",
    counting: "They are already refused everywhere; moving them into the history takes a little longer.",
    pending: "Ended in the database.",
    window: (seconds: number) =>
      `A server that still has them in its cache may accept them for up to ${formatDuration(seconds)}. This page updates itself.`,
    windowPassed:
      "The longest time a cache could remember them has passed, so nothing accepts them any more. The confirmation is still to come.",
    accepted: (count: number) => `Not over: ${formatQuantity(count, session)} of the sample were still accepted.`,
    acceptedHint: "Treat the account as still signed in. End the sessions again, or lock the account.",
  },
  short: {
    sessions: (count: number) => `Ended ${formatQuantity(count, session)}`,
    uncounted: "Ended all sessions",
    nothing: "Found no live session",
    of: (name: string) => `of ${name}`,
    byFilter: "by a filter",
  },
  toast: {
    done: (count: number | null, name: string | null) =>
      `${count === null ? "Ended all sessions" : `Ended ${formatQuantity(count, session)}`}${name ? ` of ${name}` : ""}`,
    over: "Nothing accepts them any more.",
    pending: (seconds: number) =>
      `One cache could not be reached: a session may be accepted for up to ${formatDuration(seconds)}.`,
    counting: "They are refused everywhere; the count follows.",
  },
  timeline: {
    title: "What happened when",
    requested: "Asked for",
    requestedBy: (name: string) => `by ${name}`,
    committed: "Committed in Postgres",
    committedHint: "From here on, every check that asks the database refuses them.",
    fenced: "Fenced in Redis",
    fencedHint: "From here on, no cache may answer for them. This is the moment it took effect.",
    fencePending: "Redis could not be reached",
    fencePendingHint: (seconds: number) =>
      `Caches forget by themselves within ${formatDuration(seconds)}; a job keeps trying to tell them sooner.`,
    verified: (checked: number) => `Checked ${formatQuantity(checked, session)} against the live check`,
    verifiedHint: "Each was presented as its holder would; none was accepted.",
    completed: "Complete",
    completedHint: "Every ended session is in the history.",
    moving: "Moving the ended sessions into the history",
    confirming: "Complete as soon as Redis has confirmed",
    confirmingHint: "Every ended session is in the history already.",
    progress: (done: number, total: number | null) =>
      total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`,
  },
  facts: {
    title: "Details",
    id: "Receipt id",
    scope: "What was asked for",
    reason: "Reason",
    noReason: "None given",
    actor: "Asked for by",
    ended: "Ended",
    people: "People",
    effective: "Effective",
    effectiveOpen: "Not yet known",
    window: "Worst-case window",
    windowNone: "0 s: no cache could answer for them after the effective time",
    sample: "Re-checked sample",
    sampleText: (checked: number, accepted: number) =>
      checked === 0 ? "Nothing to check" : `${formatCount(checked)} checked, ${formatCount(accepted)} still accepted`,
    stillCounting: "Still counting",
    audit: "Audit event",
    auditLink: "Find it in the audit log",
    user: "User",
    target: "Target",
    place: "Where",
    platform: "The platform",
    filter: "Filter",
    asOf: "Previewed",
    included: "New ones since",
    includedYes: "Ended as well",
    includedNo: "Left alone: they began after the preview",
    leftOut: "Left out",
    leftOutNone: "Nothing that matched",
    leftOutText: (sessions: number, people: number) =>
      `${formatQuantity(sessions, session)} of ${formatQuantity(people, person)}: one's own, or of people who may not be acted on`,
    requestId: "Request id",
    kind: {
      session: "One session",
      sessions: "Chosen sessions",
      user: "All sessions of one user",
      tenant: "All sessions of a tenant",
      platform: "All sessions of the platform",
      filter: "All sessions that a filter finds",
    } as Record<string, string>,
  },
  tried: {
    title: "Tried again",
    hint: "After the revocation, each of these was presented to the real check as its holder would present it.",
    none: "No session was tried again.",
    session: "Session",
    user: "User",
    address: "Address",
    answer: "Answer",
    refused: "Refused",
    accepted: "Accepted",
  },
  download: "JSON",
  downloadLabel: "Download as JSON",
  copyLink: "Copy link",
  linkCopied: "Copied",
  printed: "Gatehouse · Receipt of a revocation",
  stale: "This receipt could not be read again. What it says may have gone on since.",
  pending: {
    title: (count: number, more: boolean) =>
      count === 1 && !more
        ? "1 revocation is still being finished"
        : `${formatCount(count, more)} revocations are still being finished`,
    all: "Show all",
  },
  filter: {
    status: "Status",
    kind: "What",
    actor: "Actor id",
    actorHint: "The id of the user who asked for it.",
    time: "Requested",
    is: "is",
    from: "from",
    to: "before",
    complete: "Complete",
    pending: "Pending",
  },
};
