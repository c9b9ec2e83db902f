import { formatCount, formatQuantity, type Noun } from "@/lib/ui/format";

const session: Noun = { one: "session", many: "sessions" };
const person: Noun = { one: "person", many: "people" };

/** English, the panel that previews and ends every session a filter finds. */
export const enSessionsRevocation = {
  open: {
    matching: "End all matching…",
    counted: (count: number) => `End ${formatCount(count)} matching…`,
    everything: "End all sessions…",
    selectAll: "All that match…",
  },
  title: {
    loading: "What would be ended",
    ready: (sessions: number, capped: boolean) => `End ${formatQuantity(sessions, session, capped)}?`,
    nothing: "There is nothing to end",
    failed: "This could not be previewed",
  },
  description: "Nothing happens before you confirm.",
  filter: "What is asked for",
  hit: "What ends",
  people: (people: number, capped: boolean) => `of ${formatQuantity(people, person, capped)}`,
  capped: (most: number) =>
    `More than ${formatCount(most)} sessions match. The figures are of the first ${formatCount(most)}; all of them end.`,
  byTenant: "By tenant",
  noTenant: "In no tenant",
  byDevice: "By device",
  unknownDevice: "Unknown",
  sample: (shown: number, all: number) => (shown < all ? `The newest ${formatCount(shown)}` : "Which ones"),
  sampleMore: (count: number) => `Show ${formatCount(count)} more`,
  leftOut: "Left out",
  leftOutCount: (sessions: number) =>
    sessions === 1
      ? "1 more session matches, and does not end:"
      : `${formatCount(sessions)} more match, and do not end:`,
  leftOutMore: (sessions: number) => `and ${formatQuantity(sessions, session)} of others`,
  leftOutReason: {
    own: "your own session",
    rank: "ranks as high as you, or higher",
    managed_elsewhere: "managed by another tenant or the platform",
  } as Record<string, string>,
  includeNew: "Also end what has appeared since",
  includeNewHint: "Sessions that match, too, and began after this preview, up to the moment you confirm.",
  includeOwn: "Also end my own session",
  includeOwnHint: "You are signed out here at once, and sign in again to read the receipt.",
  consequence:
    "They must sign in again on these devices. Nothing accepts these sessions from the moment the receipt is there.",
  asOf: "As of",
  lookAgain: "Look again",
  expired: "This preview is too old to act on",
  expiredHint: "Who is signed in may have changed. Look again, then decide.",
  nothingHint: "No live session matches that you may end.",
  platformPhrase: "everybody",
  submit: (count: number, capped: boolean) => `End ${formatQuantity(count, session, capped)}`,
  submitMore: (count: number, capped: boolean) =>
    `End ${formatQuantity(count, { one: "session and newer ones", many: "sessions and newer ones" }, capped)}`,
  busy: "Ending…",
};
