import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { allPermissions, permissionExistsIn } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { getRole } from "@/lib/roles/get-role";
import { listPermissions } from "@/lib/roles/list-permissions";
import { listRoles } from "@/lib/roles/list-roles";
import { updateRole } from "@/lib/roles/update-role";
import { auditEventsAbout, auditEventsOf } from "@/tests/support/factories";
import { again, contextFor, idOf, makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const newRole = { key: "night-shift", name: "Night shift", rank: 20, permissions: ["users.read", "users.lock"] };

describe("making a role", () => {
  it("works on the platform and in a tenant, leaves one event, and the same key may stand in another scope", async () => {
    for (const ctx of [await platformCaller("admin"), await tenantCaller(await openTenant(), "admin")]) {
      const made = await runOperation(createRole, ctx, newRole);
      expect(made).toMatchObject({ ...newRole, builtIn: false, holders: { count: 0, capped: false }, editable: true });
      expect(await runOperation(getRole, ctx, { roleId: made.id })).toEqual(made);
      expect(await auditEventsAbout(made.id)).toMatchObject([
        {
          action: "role.create",
          outcome: "success",
          details: { key: "night-shift", permissions: newRole.permissions },
        },
      ]);
    }
  });

  it("is refused for a key that the scope has, or that a built-in role bears anywhere", async () => {
    const ctx = await tenantCaller(await openTenant(), "owner");
    await runOperation(createRole, ctx, newRole);
    for (const key of ["night-shift", "owner", "support"]) {
      await expect(runOperation(createRole, ctx, { ...newRole, key })).rejects.toMatchObject({ code: "CONFLICT" });
    }
  });

  it("gives nobody a permission or a rank beyond the author's", async () => {
    const admin = await tenantCaller(await openTenant(), "admin");
    await expect(runOperation(createRole, admin, { ...newRole, rank: 40 })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const beyond = { ...newRole, permissions: ["settings.update"] };
    await expect(runOperation(createRole, admin, beyond)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await auditEventsOf(admin.requestId)).toMatchObject([{ outcome: "denied" }, { outcome: "denied" }]);
    const platformAdmin = await platformCaller("admin");
    const withMail = { ...newRole, permissions: ["mailbox.read"] };
    await expect(runOperation(createRole, platformAdmin, withMail)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("puts nothing of the platform into a role of a tenant, whoever makes it, and no rank of an owner", async () => {
    const scope = await openTenant();
    for (const ctx of [await platformCaller("owner", scope), await tenantCaller(scope, "owner")]) {
      const wrong = { ...newRole, permissions: ["tenants.read"] };
      await expect(runOperation(createRole, ctx, wrong)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    const owner = await platformCaller("owner", scope);
    await expect(runOperation(createRole, owner, { ...newRole, rank: 50 })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      errors: [{ path: "rank" }],
    });
  });

  it("asks for a fresh proof of identity", async () => {
    const ctx = await platformCaller("owner");
    if (ctx.actor.type !== "user") throw new Error("Not a user.");
    const stale = { ...ctx, actor: { ...ctx.actor, authenticatedAt: new Date(Date.now() - 301_000) } };
    await expect(runOperation(createRole, stale, newRole)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  });
});

describe("changing a role", () => {
  it("records what changed, once, and nothing where nothing did", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const role = await makeRole(ctx);
    const change = { roleId: role.id, name: "Renamed", rank: 16 };
    const changed = await runOperation(updateRole, again(ctx), change);
    expect(changed).toMatchObject({ name: "Renamed", rank: 16, permissions: ["users.read"] });
    expect(await runOperation(updateRole, again(ctx), change)).toEqual(changed);
    expect((await auditEventsAbout(role.id)).slice(1)).toMatchObject([
      {
        action: "role.update",
        changes: { name: { before: "Custom", after: "Renamed" }, rank: { before: 15, after: 16 } },
      },
    ]);
  });

  it("holds for those who have it from their next request on", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const member = await tenantCaller(scope);
    const role = await makeRole(admin);
    await runOperation(assignRole, admin, { userId: idOf(member), roleId: role.id });
    expect((await contextFor(idOf(member), scope)).grants.permissions).toEqual(new Set(["users.read"]));
    await runOperation(updateRole, admin, { roleId: role.id, permissions: ["users.lock", "sessions.read"] });
    expect((await contextFor(idOf(member), scope)).grants.permissions).toEqual(
      new Set(["users.lock", "sessions.read"]),
    );
  });

  it("is refused for built-in roles, for higher ones, and beyond the editor", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const owner = await tenantCaller(scope, "owner");
    const high = await makeRole(owner, { rank: 45 });
    const low = await makeRole(owner, { rank: 10, permissions: ["settings.update", "users.read"] });
    const changes = [
      { roleId: builtInRoleId("tenant", "member"), name: "X" },
      { roleId: high.id, name: "X" },
      { roleId: low.id, rank: 12 },
      { roleId: low.id, rank: 45, permissions: ["users.read"] },
    ];
    for (const change of changes) {
      await expect(runOperation(updateRole, admin, change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await runOperation(updateRole, admin, { roleId: low.id, name: "Only a name" });
    await runOperation(updateRole, admin, { roleId: low.id, permissions: ["users.read"] });
  });

  it("cannot take another role's key", async () => {
    const ctx = await platformCaller("owner");
    const [first, second] = [await makeRole(ctx), await makeRole(ctx)];
    const change = { roleId: first.id, key: second.key };
    await expect(runOperation(updateRole, ctx, change)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("deleting a role", () => {
  it("is refused while somebody holds it, and names up to five of them", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const role = await makeRole(admin);
    const holders = await Promise.all(Array.from({ length: 6 }, () => tenantCaller(scope)));
    for (const holder of holders) await runOperation(assignRole, admin, { userId: idOf(holder), roleId: role.id });
    const refusal = await runOperation(deleteRole, again(admin), { roleId: role.id }).catch((error: Error) => error);
    expect(refusal).toMatchObject({ code: "CONFLICT" });
    expect(String(refusal)).toMatch(
      /^AppError: 6 people hold this role: (?:[^ ,]+@example\.com, ){4}[^ ,]+@example\.com and others\./,
    );
    expect(await runOperation(getRole, admin, { roleId: role.id })).toMatchObject({ holders: { count: 6 } });
  });

  it("gives its holders the replacement, and leaves one event", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const [role, other] = [await makeRole(admin), await makeRole(admin, { permissions: ["sessions.read"] })];
    const holder = await tenantCaller(scope);
    await runOperation(assignRole, admin, { userId: idOf(holder), roleId: role.id });
    await runOperation(deleteRole, admin, { roleId: role.id, replacement: other.id });
    expect((await contextFor(idOf(holder), scope)).grants.permissions).toEqual(new Set(["sessions.read"]));
    await expect(runOperation(getRole, admin, { roleId: role.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const deletions = (await auditEventsAbout(role.id)).filter(({ action }) => action === "role.delete");
    expect(deletions).toMatchObject([{ details: { key: role.key, replacedBy: other.key, holders: 1 } }]);
  });

  it("with a replacement raises neither the one who deletes nor anybody of their rank, and gives nothing beyond them", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const admin = await tenantCaller(scope, "admin");
    const peer = await tenantCaller(scope, "admin");
    const better = await makeRole(admin, { rank: 39 });
    const beyond = await makeRole(owner, { rank: 12, permissions: ["settings.update"] });
    const [own, peers, plain] = [await makeRole(admin), await makeRole(admin), await makeRole(admin)];
    await runOperation(assignRole, owner, { userId: idOf(admin), roleId: own.id });
    await runOperation(assignRole, owner, { userId: idOf(peer), roleId: peers.id });
    for (const [roleId, replacement] of [
      [own.id, better.id],
      [peers.id, better.id],
      [plain.id, beyond.id],
      [plain.id, builtInRoleId("tenant", "owner")],
    ]) {
      await expect(runOperation(deleteRole, admin, { roleId, replacement })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    }
    for (const replacement of [plain.id, builtInRoleId("platform", "auditor"), newId()]) {
      const wrong = { roleId: plain.id, replacement };
      await expect(runOperation(deleteRole, admin, wrong)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    await runOperation(deleteRole, owner, { roleId: peers.id, replacement: better.id });
  });

  it("on the platform moves its holders as well", async () => {
    const owner = await platformCaller("owner");
    const [role, other] = [await makeRole(owner), await makeRole(owner, { permissions: ["mailbox.read"] })];
    const holder = await platformCaller("auditor");
    await runOperation(assignRole, owner, { userId: idOf(holder), roleId: role.id });
    await runOperation(deleteRole, owner, { roleId: role.id, replacement: other.id });
    expect((await contextFor(idOf(holder), { kind: "platform" })).grants.permissions.has("mailbox.read")).toBe(true);
  });
});

describe("a role of one tenant", () => {
  it("is to another tenant, and to the platform's scope, what does not exist", async () => {
    const ours = await tenantCaller(await openTenant(), "owner");
    const role = await makeRole(ours);
    const strangers = [await tenantCaller(await openTenant(), "owner"), await platformCaller("owner")];
    for (const ctx of strangers) {
      const userId = idOf(
        ctx.scope.kind === "tenant" ? await tenantCaller(ctx.scope) : await platformCaller("auditor"),
      );
      for (const roleId of [role.id, newId(), "no-id"]) {
        const attempts = await Promise.allSettled([
          runOperation(getRole, ctx, { roleId }),
          runOperation(updateRole, ctx, { roleId, name: "X" }),
          runOperation(deleteRole, ctx, { roleId }),
          runOperation(assignRole, ctx, { userId, roleId }),
        ]);
        for (const attempt of attempts) {
          expect(attempt).toMatchObject({ status: "rejected", reason: { code: "NOT_FOUND" } });
        }
      }
      expect((await runOperation(listRoles, ctx, {})).data.map(({ id }) => id)).not.toContain(role.id);
    }
    await expect(runOperation(deleteRole, ours, { roleId: newId() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the lists", () => {
  it("hold every role of the scope once over pages, in both orders, and find by key and name", async () => {
    const ctx = await tenantCaller(await openTenant(), "owner");
    const made = [
      await makeRole(ctx, { rank: 7 }),
      await makeRole(ctx, { rank: 33 }),
      await makeRole(ctx, { rank: 33 }),
    ];
    for (const sort of ["rank", "-rank", "name", "-name"]) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof runOperation<typeof listRoles.input, typeof listRoles.output>>> =
          await runOperation(listRoles, ctx, { sort, limit: 2, ...(cursor === null ? {} : { cursor }) });
        found.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(found).toHaveLength(9);
      expect(new Set(found).size).toBe(9);
    }
    const ranks = (await runOperation(listRoles, ctx, {})).data.map(({ rank }) => rank);
    expect(ranks).toEqual([50, 40, 33, 33, 30, 20, 10, 7, 5]);
    const byKey = await runOperation(listRoles, ctx, { search: made[0]?.key });
    expect(byKey.data.map(({ id }) => id)).toEqual([made[0]?.id]);
    expect((await runOperation(listRoles, ctx, { search: "MODERA" })).data.map(({ key }) => key)).toEqual([
      "moderator",
    ]);
  });

  it("say which roles the caller may give and change", async () => {
    const scope = await openTenant();
    await makeRole(await tenantCaller(scope, "owner"), { rank: 45 });
    const admin = await tenantCaller(scope, "admin");
    const own = await makeRole(admin);
    const { data } = await runOperation(listRoles, admin, {});
    const given = data.filter(({ assignable }) => assignable).map(({ key }) => key);
    expect(given).toEqual(["moderator", "auditor", own.key, "member", "guest"]);
    expect(data.filter(({ editable }) => editable).map(({ key }) => key)).toEqual([own.key]);
  });

  it("name the permissions of the scope and which of them the caller holds", async () => {
    const admin = await tenantCaller(await openTenant(), "admin");
    const { data } = await runOperation(listPermissions, admin, {});
    expect(data.map(({ name }) => name)).toEqual(allPermissions.filter((name) => permissionExistsIn(name, "tenant")));
    expect(data.filter(({ held }) => !held).map(({ name }) => name)).toEqual(["settings.update"]);
    const everywhere = await runOperation(listPermissions, await platformCaller("owner"), {});
    expect(everywhere.data.map(({ name }) => name)).toEqual(allPermissions);
  });
});
