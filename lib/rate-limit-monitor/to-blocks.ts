import type { OperationTools } from "@/lib/operations/define-operation";
import { endlessMilliseconds } from "./block-order";
import type { BlockRow } from "./block-row";
import type { RateLimitBlock } from "./block-schemas";
import { findUsers } from "./names-repository";
import { toSubjects } from "./to-subjects";

/** Blocks as answers show them, with people and tenants by name. */
export async function toBlocks(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  rows: readonly BlockRow[],
): Promise<RateLimitBlock[]> {
  const subjects = await toSubjects(
    tx,
    rows.map(({ subject }) => subject),
  );
  const atHome = ctx.scope.kind === "tenant" ? await findAtHome({ ctx, tx }, subjects) : null;
  return rows.flatMap((row, index) => {
    const subject = subjects[index];
    if (!subject) return [];
    return [
      {
        id: row.id,
        kind: row.kind,
        rule: row.rule,
        subject,
        attempts: row.attempts,
        since: row.since?.toISOString() ?? null,
        blockedUntil: row.until === endlessMilliseconds ? null : new Date(row.until).toISOString(),
        secondsLeft: row.secondsLeft,
        reason: row.reason,
        createdBy: row.createdBy,
        clearable: atHome === null || (subject.dimension === "account" && atHome.has(subject.user?.id ?? "")),
      },
    ];
  });
}

async function findAtHome(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  subjects: readonly RateLimitBlock["subject"][],
): Promise<ReadonlySet<string>> {
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const users = await findUsers(tx, [...new Set(subjects.flatMap(({ user }) => user?.id ?? []))]);
  return new Set(users.filter(({ homeTenantId }) => homeTenantId === tenantId).map(({ id }) => id));
}
