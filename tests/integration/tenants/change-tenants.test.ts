import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { createTenant } from "@/lib/tenants/create-tenant";
import { getTenant } from "@/lib/tenants/get-tenant";
import { listTenants } from "@/lib/tenants/list-tenants";
import { updateTenant } from "@/lib/tenants/update-tenant";
import { platformContext } from "../../support/contexts";
import { auditEventsAbout, auditEventsOf, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const slugOf = () => `t-${newId().slice(-12)}`;
const owner = () => platformContext("owner");

describe("creating a tenant", () => {
  it("makes an active one without members, and exactly one event in its own log", async () => {
    const ctx = platformContext("admin");
    const slug = slugOf();
    const created = await runOperation(createTenant, ctx, { slug, name: " Acme  " });
    expect(created).toMatchObject({
      slug,
      name: "Acme",
      status: "active",
      members: { count: 0, capped: false },
      activeSessions: { count: 0, capped: false },
      deletesAt: null,
    });
    const events = await auditEventsOf(ctx.requestId);
    expect(events.map(({ action, outcome, targetId, tenantId }) => [action, outcome, targetId, tenantId])).toEqual([
      ["tenant.create", "success", created.id, created.id],
    ]);
  });

  it("refuses a slug that is taken, reserved, malformed or looks like an id", async () => {
    const { slug } = await makeTenant({ slug: slugOf() });
    await expect(runOperation(createTenant, owner(), { slug, name: "A" })).rejects.toMatchObject({
      code: "CONFLICT",
      errors: [{ path: "slug" }],
    });
    for (const bad of ["a", "A-b", "a--b", "-a", "a-", "a_b", "ä-b", "platform", "new", "x".repeat(61), newId(), ""]) {
      await expect(runOperation(createTenant, owner(), { slug: bad, name: "A" }), bad).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: expect.arrayContaining([expect.objectContaining({ path: "slug" })]),
      });
    }
  });

  it("lets one of two requests for the same slug through", async () => {
    const slug = slugOf();
    const both = await Promise.allSettled([1, 2].map(() => runOperation(createTenant, owner(), { slug, name: "A" })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find((answer) => answer.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "CONFLICT" });
  });

  it("is refused to whoever may only read", async () => {
    const ctx = platformContext("auditor");
    await expect(runOperation(createTenant, ctx, { slug: slugOf(), name: "A" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await auditEventsOf(ctx.requestId)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["tenant.create", "denied"],
    ]);
  });
});

describe("renaming a tenant", () => {
  it("changes name and slug, says what they were, and the old slug names nothing", async () => {
    const tenant = await makeTenant({ slug: slugOf() });
    const slug = slugOf();
    const renamed = await runOperation(updateTenant, owner(), { tenantSlug: tenant.slug, slug, name: "Renamed" });
    expect(renamed).toMatchObject({ id: tenant.id, slug, name: "Renamed" });
    const events = await auditEventsAbout(tenant.id);
    expect(events).toMatchObject([
      { action: "tenant.update", changes: { slug: { before: tenant.slug, after: slug }, name: { after: "Renamed" } } },
    ]);
    await expect(runOperation(getTenant, owner(), { tenantSlug: tenant.slug })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("leaves no event where nothing changes, and refuses another tenant's slug", async () => {
    const [tenant, other] = [await makeTenant({ slug: slugOf() }), await makeTenant({ slug: slugOf() })];
    await runOperation(updateTenant, owner(), { tenantSlug: tenant.slug, slug: tenant.slug, name: tenant.name });
    expect(await auditEventsAbout(tenant.id)).toEqual([]);
    const clash = runOperation(updateTenant, owner(), { tenantSlug: tenant.slug, slug: other.slug });
    await expect(clash).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("the list of tenants", () => {
  it("finds by part of name or slug, counts members, and pages through everything once in every order", async () => {
    const mark = newId().slice(-8);
    const made = [];
    for (const name of ["Beta", "alpha", "Gamma", "Beta", "delta"]) {
      made.push(await makeTenant({ slug: slugOf(), name: `${name} ${mark}` }));
    }
    await makeMembership(made[0]?.id ?? "", (await makeUser()).id);
    for (const sort of ["createdAt", "-createdAt", "name", "-name"]) {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await runOperation(listTenants, owner(), {
          search: mark.toUpperCase(),
          sort,
          limit: 2,
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect([...seen].sort(), sort).toEqual(made.map(({ id }) => id).sort());
      expect(new Set(seen).size).toBe(made.length);
    }
    const found = await runOperation(listTenants, owner(), { search: made[0]?.slug ?? "" });
    expect(found.data).toMatchObject([{ id: made[0]?.id, members: { count: 1, capped: false } }]);
  });

  it("takes a wildcard literally and refuses the cursor of another search", async () => {
    expect((await runOperation(listTenants, owner(), { search: "%" })).data).toEqual([]);
    await makeTenant();
    await makeTenant();
    const { nextCursor } = await runOperation(listTenants, owner(), { limit: 1 });
    const foreign = runOperation(listTenants, owner(), { limit: 1, search: "x", cursor: nextCursor ?? "" });
    await expect(foreign).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
