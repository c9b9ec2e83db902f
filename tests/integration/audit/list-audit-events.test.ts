import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { searchedEventsMax } from "@/lib/audit/events-repository";
import { getAuditEvent } from "@/lib/audit/get-audit-event";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import type { AuditEvent } from "@/lib/audit/schemas";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { updateUser } from "@/lib/users/update-user";
import { platformContext, tenantContext } from "../../support/contexts";
import { auditEventsOf, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
const auditor = () => platformContext("auditor");

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

/** Events as they would be after a while, without going through their operations. */
async function write(
  events: { at: string; actorId?: string; targetId?: string; outcome?: string; ip?: string; tenantId?: string }[],
) {
  for (const {
    at,
    actorId = newId(),
    targetId = newId(),
    outcome = "success",
    ip = "192.0.2.7",
    tenantId = null,
  } of events) {
    await runtime.asSuperuser(
      `insert into audit_event (id, at, tenant_id, action, outcome, actor_type, actor_id, actor_name, target_type, target_id,
         target_name, request_id, client_address, source)
       values ($1, $2, $3, 'user.update', $4, 'user', $5, 'actor', 'user', $6, 'target', $7, $8, 'api')`,
      [newId(), at, tenantId, outcome, actorId, targetId, newId(), ip],
    );
  }
}

async function readAll(input: Record<string, unknown>): Promise<AuditEvent[]> {
  const all: AuditEvent[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: AuditEvent[]; nextCursor: string | null } = await runOperation(listAuditEvents, auditor(), {
      ...input,
      ...(cursor === null ? {} : { cursor }),
    });
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

describe("the audit log", () => {
  it("is read newest first, each event once, across months and equal moments", async () => {
    const actorId = newId();
    const moments = ["2026-01-31T23:59:59.999Z", "2026-02-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"];
    await write(Array.from({ length: 11 }, (_, index) => ({ at: moments[index % 3] ?? "", actorId })));
    const events = await readAll({ actor: actorId, limit: 3 });
    expect(events).toHaveLength(11);
    expect(new Set(events.map(({ id }) => id)).size).toBe(11);
    const order = events.map(({ at, id }) => `${at} ${id}`);
    expect(order).toEqual([...order].sort().reverse());
  });

  it("is narrowed by every filter", async () => {
    const [actorId, targetId] = [newId(), newId()];
    await write([
      { at: "2026-03-01T00:00:00.000Z", actorId, targetId, ip: "203.0.113.5" },
      { at: "2026-03-02T00:00:00.000Z", actorId, outcome: "denied", ip: "2001:db8::1" },
    ]);
    const find = async (filters: object) =>
      (await readAll({ actor: actorId, ...filters })).map(({ at }) => at.slice(0, 10));
    expect(await find({})).toEqual(["2026-03-02", "2026-03-01"]);
    expect(await find({ target: targetId })).toEqual(["2026-03-01"]);
    expect(await find({ outcome: "denied" })).toEqual(["2026-03-02"]);
    expect(await find({ action: "user.lock" })).toEqual([]);
    expect(await find({ ip: "203.0.113.0/24" })).toEqual(["2026-03-01"]);
    expect(await find({ ip: "2001:db8::1" })).toEqual(["2026-03-02"]);
    expect(await find({ from: "2026-03-02T00:00:00Z" })).toEqual(["2026-03-02"]);
    expect(await find({ to: "2026-03-02T00:00:00Z" })).toEqual(["2026-03-01"]);
    const [event] = await readAll({ actor: actorId, limit: 1 });
    expect((await readAll({ requestId: event?.requestId })).map(({ id }) => id)).toContain(event?.id);
  });

  it("is searched in action, names and reason, whatever the case, and combined with the filters", async () => {
    const [word, actorId] = [newId().slice(-12), newId()];
    const texts = [
      { action: `user.${word}` },
      { actor_name: `Åsa ${word}` },
      { target_name: `${word}@example.com` },
      { reason: `because of ${word.toUpperCase()}, 100%` },
      { request_id: word },
    ];
    for (const [index, text] of texts.entries()) {
      const row = {
        action: "user.update",
        actor_name: "a",
        target_name: "t",
        reason: "r",
        request_id: newId(),
        ...text,
      };
      await runtime.asSuperuser(
        `insert into audit_event (id, at, action, outcome, actor_type, actor_id, actor_name, target_type, target_id, target_name, reason, request_id, source)
         values ($1, $2, $3, 'success', 'user', $4, $5, 'user', 'x', $6, $7, $8, 'api')`,
        [
          newId(),
          `2026-05-0${index + 1}T00:00:00Z`,
          row.action,
          actorId,
          row.actor_name,
          row.target_name,
          row.reason,
          row.request_id,
        ],
      );
    }
    const find = async (filters: object) => (await readAll({ limit: 2, ...filters })).map(({ at }) => at.slice(8, 10));
    expect(await find({ search: word })).toEqual(["04", "03", "02", "01"]);
    expect(await find({ search: ` ÅSA ${word} ` })).toEqual(["02"]);
    expect(await find({ search: word, target: "x", to: "2026-05-03T00:00:00Z" })).toEqual(["02", "01"]);
    expect(await find({ search: `${word}_` })).toEqual([]);
    expect(await find({ search: "100%", actor: actorId })).toEqual(["04"]);
    expect(await find({ search: " ", actor: actorId })).toHaveLength(texts.length);
  });

  it("is searched part by part: a page may be empty and lead on, and nothing is left out", async () => {
    const [actorId, wanted] = [newId(), newId()];
    await runtime.asSuperuser(
      `insert into audit_event (id, at, action, outcome, actor_type, actor_id, actor_name, target_name, request_id, source)
       select gen_random_uuid(), '2025-06-01T00:00:00Z'::timestamptz - n * interval '1 second', 'user.update', 'success', 'user', $1,
         'actor', case when n in ($2, $3) then $4 end, 'r', 'api'
       from generate_series(1, $3::int) n`,
      [actorId, searchedEventsMax, searchedEventsMax + 40, wanted],
    );
    const query = { actor: actorId, search: wanted };
    const first = await runOperation(listAuditEvents, auditor(), query);
    expect(first.data).toHaveLength(1);
    const second = await runOperation(listAuditEvents, auditor(), { ...query, cursor: first.nextCursor });
    expect([second.data.length, second.nextCursor]).toEqual([1, null]);
    const none = await runOperation(listAuditEvents, auditor(), { actor: actorId, search: newId() });
    expect(none.data).toEqual([]);
    expect(none.nextCursor).not.toBeNull();
  });

  it("records that it was read, by whom and for what", async () => {
    const ctx = auditor();
    await runOperation(listAuditEvents, ctx, { outcome: "denied" });
    const events = await auditEventsOf(ctx.requestId);
    expect(events.map(({ action, details }) => [action, details])).toEqual([
      ["audit.read", { filters: { outcome: "denied" } }],
    ]);
  });

  it("shows one event in full with its before and after", async () => {
    const user = await makeUser({ name: "Before" });
    const ctx = platformContext("admin");
    await runOperation(updateUser, ctx, { userId: user.id, name: "After" });
    const [listed] = await readAll({ target: user.id });
    const event = await runOperation(getAuditEvent, auditor(), { eventId: listed?.id });
    expect(event).toEqual(listed);
    expect(event).toMatchObject({
      actor: { type: "user", id: ctx.actor.id, name: "somebody@example.com" },
      target: { type: "user", id: user.id, name: user.email },
      changes: { name: { before: "Before", after: "After" } },
      clientAddress: "192.0.2.1",
    });
  });

  it.each([newId(), "nothing", "1"])("knows no event %s", async (eventId) => {
    await expect(runOperation(getAuditEvent, auditor(), { eventId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    { ip: "300.1.1.1" },
    { ip: "10.0.0.0/33" },
    { from: "yesterday" },
    { outcome: "maybe" },
    { search: "x".repeat(201) },
    { limit: 101 },
    { other: 1 },
  ])("refuses the filter %j", async (filters) => {
    await expect(runOperation(listAuditEvents, auditor(), filters)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("of a tenant holds the events of that tenant alone, to be read there as if there were no others", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const actorId = newId();
    const at = "2026-04-01T00:00:00.000Z";
    await write([
      { at, actorId, tenantId: here.id },
      { at, actorId, tenantId: there.id },
      { at, actorId },
    ]);
    const ctx = tenantContext("auditor", { tenantId: here.id, tenantSlug: here.slug });
    for (const filters of [{ actor: actorId }, { actor: actorId, search: "target" }]) {
      const { data } = await runOperation(listAuditEvents, ctx, filters);
      expect(data.map(({ tenantId }) => tenantId)).toEqual([here.id]);
    }
    const [foreign] = (await readAll({ actor: actorId })).filter(({ tenantId }) => tenantId === there.id);
    await expect(runOperation(getAuditEvent, ctx, { eventId: foreign?.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such audit event, or you may not see it.",
    });
  });
});
