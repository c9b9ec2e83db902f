import { type EndedBy, endedBySettings, type ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { ListReceiptsInput, TriedSession } from "./receipt-schemas";

/** A receipt as it is stored. */
export type ReceiptRow = Prisma.RevocationReceiptGetPayload<object>;

/** What a revocation states when it begins. */
export type NewReceipt = Pick<
  ReceiptRow,
  | "id"
  | "tenantId"
  | "kind"
  | "targetId"
  | "targetName"
  | "reason"
  | "actorType"
  | "actorId"
  | "actorName"
  | "requestId"
  | "matched"
  | "users"
  | "worstCaseSeconds"
> & { request: Prisma.InputJsonObject; filter?: Prisma.InputJsonObject } & Partial<
    Pick<ReceiptRow, "asOf" | "includedNew" | "leftOutSessions" | "leftOutUsers">
  > &
  Partial<ReceiptRepeat>;

/** Which request a receipt answers, so that its repetition finds it. */
export type ReceiptRepeat = { idempotencyKey: string; requestHash: string };

/** What goes with a receipt, in the same statement. */
export type ReceiptActs = {
  /** Why and by whom sessions end, for the rest of the transaction. */
  endedBy: EndedBy;
  /** Sessions that are removed now, and counted; null: they are too many. */
  removed: string[] | null;
  /** An expression that queues the job. */
  queued: Prisma.Sql;
};

/**
 * Removes the sessions of a revocation, of which a trigger keeps the history, inserts its receipt and queues its job; the
 * tenant's names stay as they are now.
 */
export async function insert(tx: ScopedTx, row: NewReceipt, acts: ReceiptActs): Promise<ReceiptRow> {
  const { filter = null, asOf = null, includedNew = false, leftOutSessions = 0, leftOutUsers = 0 } = row;
  const { idempotencyKey = null, requestHash = null, matched, tenantId } = row;
  const ended = acts.removed === null ? Prisma.sql`null::int` : Prisma.sql`(select count(*)::int from removed)`;
  const rows = await tx.$queryRaw<Inserted[]>`
    with ended_by as materialized (select ${endedBySettings(acts.endedBy)}),
      removed as (delete from session s using ended_by where s.id = any(${acts.removed ?? []}::uuid[]) returning s.id),
      receipt as (
        insert into revocation_receipt (
          id, tenant_id, tenant_slug, tenant_name, kind, target_id, target_name, request, reason, actor_type, actor_id,
          actor_name, request_id, filter, as_of, included_new, left_out_sessions, left_out_users, idempotency_key,
          request_hash, worst_case_seconds, matched, users, ended, progress_done, progress_total)
        select ${row.id}::uuid, ${tenantId}::uuid, t.slug, t.name, ${row.kind}, ${row.targetId}, ${row.targetName},
          ${JSON.stringify(row.request)}::jsonb, ${row.reason}, ${row.actorType}, ${row.actorId}, ${row.actorName},
          ${row.requestId}, ${filter && JSON.stringify(filter)}::jsonb, ${asOf?.toISOString() ?? null}::timestamptz,
          ${includedNew}, ${leftOutSessions}::int, ${leftOutUsers}::int, ${idempotencyKey}, ${requestHash},
          ${row.worstCaseSeconds}::int, ${matched}::int, ${row.users}::int, gone.ended, coalesce(gone.ended, 0),
          coalesce(gone.ended, ${matched}::int)
        from ended_by cross join (select ${ended} as ended) gone left join tenant t on t.id = ${tenantId}::uuid
        returning requested_at, tenant_slug, tenant_name, ended, progress_done, progress_total)
    select r.requested_at as "requestedAt", r.tenant_slug as "tenantSlug", r.tenant_name as "tenantName", r.ended,
      r.progress_done as "progressDone", r.progress_total as "progressTotal", ${acts.queued}::text as queued
    from receipt r`;
  const [inserted] = rows;
  if (!inserted) throw new Error("A receipt came back without a row.");
  const { queued: _, ...read } = inserted;
  const selection = { filter: asStored(filter), asOf, includedNew, leftOutSessions, leftOutUsers };
  return { ...justBegun, ...row, ...selection, request: asStored(row.request), idempotencyKey, requestHash, ...read };
}

// As it would be read: without what is undefined.
function asStored(value: Prisma.InputJsonObject | null): Prisma.JsonValue {
  return JSON.parse(JSON.stringify(value));
}

type Inserted = Pick<
  ReceiptRow,
  "requestedAt" | "tenantSlug" | "tenantName" | "ended" | "progressDone" | "progressTotal"
> & { queued: string };

// What the table says of a receipt of which nothing has come yet.
const justBegun = {
  effectiveAt: null,
  completedAt: null,
  committedAt: null,
  progressedAt: null,
  redisStatus: "pending",
  redisFencedAt: null,
  verifiedChecked: 0,
  verifiedStillAccepted: 0,
  sample: [],
};

/** What an actor has asked for, under the key by which a repetition is known. */
export type HeldRequest = { name: string; actorType: string; actorId: string | null; idempotencyKey: string };

/**
 * The receipt of an actor's request under this key, in the scope of the transaction. Makes whoever asks for one of the same
 * name wait until this transaction ends.
 */
export async function holdRequest(
  tx: ScopedTx,
  { name, actorType, actorId, idempotencyKey }: HeldRequest,
): Promise<{ id: string; requestHash: string } | null> {
  const rows = await tx.$queryRaw<{ id: string; requestHash: string }[]>`
    select h.id::text as id, h.request_hash as "requestHash"
    from gatehouse.hold_request(${name}, ${actorType}, ${actorId}, ${idempotencyKey}) h`;
  return rows[0] ?? null;
}

/** Ids of receipts that nobody has moved on for this long, the oldest first, at most `limit`. */
export async function findStalled(
  tx: ScopedTx,
  { seconds, limit }: { seconds: number; limit: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select r.id::text as id from revocation_receipt r
    where r.completed_at is null
      and coalesce(r.progressed_at, r.requested_at) < now() - ${seconds}::int * interval '1 second'
    order by r.requested_at, r.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** The receipt with this id. */
export async function findById(tx: ScopedTx, id: string): Promise<ReceiptRow | null> {
  return tx.revocationReceipt.findFirst({ where: { id } });
}

/** Holds a receipt for this transaction: of two that finish the same revocation one waits, and finds less to do. */
export async function lockById(tx: ScopedTx, id: string): Promise<void> {
  await tx.$queryRaw`select 1 from revocation_receipt where id = ${id}::uuid for update`;
}

/** What was found out about a revocation after its commit. */
export type ReceiptOutcome = {
  /** Milliseconds since the commit returned; null where it was another process that committed. */
  committedAgo: number | null;
  /** Milliseconds since the fences stood; null if they do not, which leaves it as it was. */
  fencedAgo: number | null;
  /** Seconds from the commit on for which a store that could not be fenced may still say yes. */
  worstCaseSeconds: number;
  verified: { checked: number; stillAccepted: number };
  /** The sessions that were tried. */
  sample?: TriedSession[];
};

/**
 * Records the outcome on Postgres' clock, minus what has passed since each moment. Effective is the moment the fences
 * stood or, without them, when the worst case has passed, whichever is earlier; but not before that of a revocation whose
 * fences do not stand yet, unless both are of one user and not the same: what that one ended, this one found gone. Complete is it once fenced and moved.
 * Never takes back what is recorded.
 */
export async function recordOutcome(tx: ScopedTx, id: string, outcome: ReceiptOutcome): Promise<ReceiptRow | null> {
  const { committedAgo, fencedAgo, worstCaseSeconds, verified, sample = [] } = outcome;
  const fenced = fencedAgo !== null;
  await tx.$executeRaw`
    update revocation_receipt r set
      committed_at = coalesce(r.committed_at, m.committed),
      redis_status = case when ${fenced} then 'fenced' else r.redis_status end,
      redis_fenced_at = coalesce(r.redis_fenced_at, m.fenced),
      effective_at = least(r.effective_at, greatest(earlier.effective_at, coalesce(m.fenced,
        coalesce(r.committed_at, m.committed, m.now) + ${worstCaseSeconds}::int * interval '1 second'))),
      worst_case_seconds = case when ${fenced} and r.effective_at is null
        then coalesce(ceil(greatest(0, extract(epoch from earlier.effective_at - coalesce(r.committed_at, m.committed)))), 0)
        else greatest(r.worst_case_seconds, ${worstCaseSeconds}::int) end,
      verified_checked = greatest(r.verified_checked, ${verified.checked}::int),
      verified_still_accepted = greatest(r.verified_still_accepted, ${verified.stillAccepted}::int),
      sample = case when jsonb_array_length(r.sample) < ${sample.length}::int then ${JSON.stringify(sample)}::jsonb else r.sample end,
      completed_at = coalesce(r.completed_at, case when r.ended is not null and (${fenced} or r.redis_status = 'fenced') then m.now end)
    from (
      select now, now - ${committedAgo}::float8 * interval '1 millisecond' as committed, now - ${fencedAgo}::float8 * interval '1 millisecond' as fenced
      from (select clock_timestamp() as now) clock
    ) m, (
      select max(o.effective_at) as effective_at from revocation_receipt own join revocation_receipt o on o.id <> own.id
      where own.id = ${id}::uuid and o.completed_at is null and o.redis_status = 'pending'
        and (o.kind <> 'user' or own.kind <> 'user' or o.target_id = own.target_id)
    ) earlier
    where r.id = ${id}::uuid`;
  return findById(tx, id);
}

/** Adds to what has been moved, in the transaction that moved it. */
export async function addProgress(tx: ScopedTx, id: string, moved: number): Promise<void> {
  await tx.$executeRaw`
    update revocation_receipt set progress_done = progress_done + ${moved}::int, progressed_at = clock_timestamp()
    where id = ${id}::uuid`;
}

/** States that every session of a large revocation has been moved, and counts them: the history knows how many. */
export async function recordMoved(tx: ScopedTx, id: string): Promise<void> {
  await tx.$executeRaw`
    update revocation_receipt r set matched = h.moved, ended = h.moved, progress_done = h.moved, progress_total = h.moved,
      users = h.users, completed_at = case when r.redis_status = 'fenced' then clock_timestamp() end
    from (
      select count(*)::int as moved, count(distinct h.user_id)::int as users
      from session_history h where h.receipt_id = ${id}::uuid
    ) h
    where r.id = ${id}::uuid and r.ended is null`;
}

type Position = { requestedAt: string; id: string };

/** What narrows the receipts list. */
export type ReceiptFilters = Omit<ListReceiptsInput, "limit" | "cursor">;

/** One page of receipts, newest first. */
export async function findPage(
  tx: ScopedTx,
  { filters, after, limit }: { filters: ReceiptFilters; after: Position | undefined; limit: number },
): Promise<ReceiptRow[]> {
  const conditions = toConditions(filters, after);
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select r.id::text as id from revocation_receipt r ${where} order by r.requested_at desc, r.id desc limit ${limit}`;
  return tx.revocationReceipt.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
}

function toConditions({ status, kind, actor, from, to }: ReceiptFilters, after: Position | undefined): Prisma.Sql[] {
  const statuses = { complete: Prisma.sql`r.completed_at is not null`, pending: Prisma.sql`r.completed_at is null` };
  return [
    after ? Prisma.sql`(r.requested_at, r.id) < (${after.requestedAt}::timestamptz, ${after.id}::uuid)` : undefined,
    status && statuses[status],
    kind && Prisma.sql`r.kind = ${kind}`,
    actor === undefined ? undefined : Prisma.sql`r.actor_id = ${actor}`,
    from === undefined ? undefined : Prisma.sql`r.requested_at >= ${from}::timestamptz`,
    to === undefined ? undefined : Prisma.sql`r.requested_at < ${to}::timestamptz`,
  ].filter((condition) => condition !== undefined);
}
