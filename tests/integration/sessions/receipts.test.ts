import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { makeMembership, makeUser } from "@/tests/support/factories";
import { idOf, openTenant } from "@/tests/support/people";
import { revokeFiltered } from "./revocation-steps";
import { asOwner, makeSession, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const idsOf = async (ctx: RequestContext, input: object) =>
  (await runOperation(listReceipts, ctx, input)).data.map(({ id }) => id);

describe("the list of receipts", () => {
  test("narrows by who, what, when and whether it is finished", async () => {
    const [first, second] = [platformContext("owner"), platformContext("owner")];
    const user = await makeUser();
    const session = await makeSession(user.id);
    const one = await runOperation(revokeSession, first, { sessionId: session.id });
    const all = await runOperation(revokeUserSessions, second, { userId: user.id });
    await asOwner(bed, `update revocation_receipt set completed_at = null where id = '${all.id}'`);
    await asOwner(bed, `update revocation_receipt set requested_at = '2026-01-02T00:00:00Z' where id = '${one.id}'`);

    expect(await idsOf(first, { actor: idOf(first) })).toEqual([one.id]);
    expect(await idsOf(first, { actor: idOf(second) })).toEqual([all.id]);
    expect(await idsOf(first, { kind: "session" })).toContain(one.id);
    expect(await idsOf(first, { kind: "session" })).not.toContain(all.id);
    expect(await idsOf(first, { status: "pending" })).toEqual([all.id]);
    expect(await idsOf(first, { status: "complete" })).not.toContain(all.id);
    const january = { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" };
    expect(await idsOf(first, january)).toEqual([one.id]);
    expect(await idsOf(first, { ...january, to: "2026-01-02T00:00:00Z" })).toEqual([]);
    await expect(idsOf(first, { from: january.to, to: january.from })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      errors: [expect.objectContaining({ path: "to" })],
    });
  });

  test("goes on from page to page, with the same filters only", async () => {
    const ctx = platformContext("owner");
    const user = await makeUser();
    const made: string[] = [];
    for (const _ of [1, 2, 3]) made.unshift((await runOperation(revokeUserSessions, ctx, { userId: user.id })).id);
    const filters = { actor: idOf(ctx), limit: 2 };
    const first = await runOperation(listReceipts, ctx, filters);
    const rest = await runOperation(listReceipts, ctx, { ...filters, cursor: first.nextCursor });
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(made);
    const foreign = runOperation(listReceipts, ctx, { limit: 2, cursor: first.nextCursor });
    await expect(foreign).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  test("is of the scope alone: a tenant's receipts name the tenant, and are nobody else's", async () => {
    const [here, there] = [await openTenant(), await openTenant()];
    const user = await makeUser({ homeTenantId: here.tenantId });
    await makeMembership(here.tenantId, user.id);
    const receipt = await revokeFiltered(tenantContext("admin", here), { userId: user.id });
    expect(receipt.scope).toEqual({ id: here.tenantId, slug: here.tenantSlug, name: "Test tenant" });
    expect(await idsOf(tenantContext("admin", here), {})).toEqual([receipt.id]);
    expect(await idsOf(tenantContext("admin", there), {})).toEqual([]);
    const foreign = runOperation(getReceipt, tenantContext("owner", there), { receiptId: receipt.id });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await runOperation(getReceipt, platformContext("auditor"), { receiptId: receipt.id })).toEqual(receipt);
  });
});
