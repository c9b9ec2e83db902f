import { isId } from "@/lib/db/new-id";
import { type EndingTools, endSessions, type SessionsEnding } from "./end-sessions";
import { findAliveByIds } from "./living-sessions-repository";
import type { Receipt } from "./receipt-schemas";
import { findEnded } from "./revoke-set";
import type { RevocationSet } from "./revoke-set-conditions";
import { markEnded } from "./revoke-set-repository";
import { lockEpoch } from "./session-end-repository";
import { endedAtOnceMax, verifiedMax } from "./session-windows";
import { toReceipt } from "./to-receipt";

/** The person on whose behalf sessions end: nobody else's can be reached. */
type Person = { id: string; email: string };

/** What has been ended; `finish` is called after the commit, and completes the receipt. */
export type EndedOwnSessions = { receipt: Receipt; finish: () => Promise<Receipt> };

/** Ends named sessions of a person, as part of an operation. Null where none of them is alive and theirs. */
export async function endOwnSessions(
  tools: EndingTools,
  person: Person,
  sessionIds: readonly string[],
): Promise<EndedOwnSessions | null> {
  const found = await findAliveByIds(tools.tx, [...new Set(sessionIds)].filter(isId));
  const sessions = found.filter(({ userId }) => userId === person.id);
  const [first] = sessions;
  if (!first) return null;
  const isOne = sessions.length === 1;
  const target = isOne ? { id: first.id, name: null } : { id: person.id, name: person.email };
  const request = { sessionIds: sessions.map(({ id }) => id) };
  return end(tools, { kind: isOne ? "session" : "sessions", target, sessions, sample: sessions, request });
}

/** Ends every session of a person but one, at whatever size. Where there is no other, the receipt says zero. */
export async function endOtherOwnSessions(tools: EndingTools, person: Person, kept: string): Promise<EndedOwnSessions> {
  const { tx } = tools;
  // Under the lock that a sign-in shares: what was being made is there to be seen.
  await lockEpoch(tx, { userId: person.id, tenantId: null });
  const set = allBut(person.id, kept);
  const { sessions, beyond } = await findEnded(tx, set, endedAtOnceMax);
  return end(tools, {
    kind: "user",
    target: { id: person.id, name: person.email },
    selection: {
      filter: { userId: person.id },
      asOf: new Date().toISOString(),
      includedNew: true,
      leftOut: { sessions: 1, users: 1 },
    },
    sessions: beyond ? null : sessions,
    sample: sessions,
    request: beyond ? { marked: true } : {},
    mark: beyond ? (receiptId) => markEnded(tx, set, receiptId) : undefined,
  });
}

/** Above every rank that a role can have. */
const nobodysRank = 101;

// Everything of oneself is within one's reach; of others nothing is meant.
function allBut(userId: string, kept: string): RevocationSet {
  const reach = { inTenant: false, rankMin: nobodysRank };
  return { filter: { userId }, createdUntil: null, spared: [kept], reach, actorId: userId };
}

type Ending = Omit<SessionsEnding, "endReason" | "note" | "mark"> & { mark?: SessionsEnding["mark"] | undefined };

async function end(tools: EndingTools, { mark, sample, request, ...ending }: Ending): Promise<EndedOwnSessions> {
  const endReason = "revoked";
  const { receipt, finish } = await endSessions(tools, {
    ...ending,
    ...(mark && { mark }),
    endReason,
    note: null,
    request: { ...request, endReason },
    sample: sample.slice(0, verifiedMax),
  });
  return { receipt: toReceipt(receipt), finish: async () => toReceipt(await finish()) };
}
