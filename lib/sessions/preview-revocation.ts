import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { withinStatementTime } from "@/lib/db/statement-time";
import { AppError } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { countEnded, findLeftOutPeople, findSample, type LeftOutPerson, readMoment } from "./preview-repository";
import { previewRevocationInput, revocationPreview } from "./preview-schemas";
import { encodePreview, previewExpiry } from "./preview-token";
import { toRevocationSet } from "./revoke-set";
import type { RevocationSet } from "./revoke-set-conditions";
import type { SessionRow } from "./sessions-page-repository";
import { toSession } from "./to-session";

/** Seconds that a preview may take, and of them milliseconds that one of its questions may. */
const previewTransactionSeconds = 30;
const countMilliseconds = 25_000;

/** What a revocation by this filter would end and leave alone, with the token that it takes. Changes nothing. */
export const previewRevocation = defineQuery({
  name: "previewRevocation",
  summary: "Preview which sessions a filter would end",
  scope: "either",
  permission: "sessions.revoke",
  input: previewRevocationInput,
  output: revocationPreview,
  transactionSeconds: previewTransactionSeconds,
  run: async ({ ctx, tx }, { filter }) => {
    const asOf = await readMoment(tx);
    const set = await toRevocationSet({ ctx, tx }, filter, { createdUntil: asOf, includeOwn: false });
    const { counts, people } = await count(tx, set);
    const own = ctx.actor.type === "user" ? ctx.actor.sessionId : null;
    const sample = await findSample<SessionRow>(tx, counts.sample);
    return {
      matching: counts.matching,
      users: counts.users,
      capped: counts.capped,
      sample: sample.map((row) => toSession(row, own)),
      breakdown: { tenants: counts.tenants, devices: counts.devices },
      leftOut: toLeftOut(people),
      asOf,
      expiresAt: previewExpiry(asOf).toISOString(),
      previewToken: encodePreview(ctx, filter, asOf),
    };
  },
});

function count(tx: ScopedTx, set: RevocationSet) {
  return withinStatementTime(tx, { milliseconds: countMilliseconds, onTimeout: tooSlow }, async () => ({
    counts: await countEnded(tx, set),
    people: await findLeftOutPeople(tx, set),
  }));
}

function tooSlow(): AppError {
  return new AppError("INVALID_INPUT", "Looking for these sessions takes too long. Narrow the filter.", {
    errors: [{ path: "filter", message: "Takes too long." }],
  });
}

function toLeftOut(people: LeftOutPerson[]) {
  const own = people.filter(({ reason }) => reason === "own").reduce((sum, { sessions }) => sum + sessions, 0);
  return { own, sessions: people[0]?.total ?? 0, users: people.map(({ total: _, ...person }) => person) };
}
