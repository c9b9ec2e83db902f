import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { removeMember } from "@/lib/members/remove-member";
import type { RequestContext } from "@/lib/operations/request-context";
import { assignRole } from "@/lib/roles/assign-role";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { unassignRole } from "@/lib/roles/unassign-role";
import { updateRole } from "@/lib/roles/update-role";
import { deleteUser } from "@/lib/users/delete-user";
import { idOf, makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { actingAs, attempt, byOwnKey, holdingsOf, limitedCaller } from "./delegation-cast";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const rounds = 50;
const tenantOwner = builtInRoleId("tenant", "owner");
const platformOwner = builtInRoleId("platform", "owner");

async function ownersOf(tenantId: string): Promise<number> {
  const rows = await runtime.asSuperuser(
    `select from membership_role r join membership m on m.id = r.membership_id join "user" u on u.id = m.user_id
     where r.tenant_id = $1 and r.role_id = $2 and u.locked_at is null`,
    [tenantId, tenantOwner],
  );
  return rows.length;
}

/** What two do to each other at the same moment. */
function atOnce(
  one: RequestContext,
  other: RequestContext,
  act: (by: RequestContext, to: RequestContext) => Promise<string>,
) {
  return Promise.all([act(one, other), act(other, one)]);
}

describe("two owners who act on each other at the same moment", () => {
  const acts: [string, (by: RequestContext, to: RequestContext) => Promise<string>][] = [
    ["remove", (by, to) => attempt(removeMember, by, { userId: idOf(to) })],
    ["demote", (by, to) => attempt(unassignRole, by, { userId: idOf(to), roleId: tenantOwner })],
    ["delete", (by, to) => attempt(deleteUser, by, { userId: idOf(to) })],
  ];

  it("leave one owner of the tenant, in each of 50 rounds", { timeout: 300_000 }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const scope = await openTenant();
      const [one, other] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "owner")];
      const [name, act] = acts[round % acts.length] ?? ["", async () => ""];
      const answers = await atOnce(one, other, act);
      expect(await ownersOf(scope.tenantId), `${name} ${answers}`).toBe(1);
      expect(
        answers.filter((answer) => answer === "done"),
        name,
      ).toHaveLength(1);
    }
  });

  it("leave one owner of the platform, in each of 50 rounds", { timeout: 300_000 }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await runtime.asSuperuser("truncate platform_role_assignment");
      const [one, other] = [await platformCaller("owner"), await platformCaller("owner")];
      const answers = await atOnce(one, other, (by, to) =>
        round % 2 === 0
          ? attempt(unassignRole, by, { userId: idOf(to), roleId: platformOwner })
          : attempt(deleteUser, by, { userId: idOf(to) }),
      );
      const left = await runtime.asSuperuser("select from platform_role_assignment where role_id = $1", [
        platformOwner,
      ]);
      expect(left, String(answers)).toHaveLength(1);
    }
  });
});

describe("whoever tries to give themself a role by several doors at the same moment", () => {
  it("holds what they held, in each of 50 rounds", { timeout: 300_000 }, async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const permissions = [
      "users.read",
      "roles.read",
      "roles.create",
      "roles.update",
      "roles.delete",
      "roles.assign",
    ] as const;
    const one = await limitedCaller(owner, scope, { rank: 30, permissions: [...permissions] });
    const accomplice = await limitedCaller(owner, scope, {
      rank: 30,
      permissions: [...permissions, "sessions.revoke"],
    });
    const wanted = await makeRole(owner, { rank: 29, permissions: ["sessions.revoke"] });
    const plain = await makeRole(owner, { rank: 2, permissions: [] });
    await attempt(assignRole, owner, { userId: idOf(one), roleId: plain.id });
    const before = [await holdingsOf(runtime, idOf(one)), await holdingsOf(runtime, idOf(accomplice))];
    for (let round = 0; round < rounds; round += 1) {
      const toSelf = { userId: idOf(one), roleId: wanted.id };
      const answers = await Promise.all([
        attempt(assignRole, one, toSelf),
        attempt(assignRole, byOwnKey(one), toSelf),
        attempt(assignRole, actingAs(one, accomplice), toSelf),
        // A peer of the same rank is nobody whom the other may give anything.
        attempt(assignRole, accomplice, toSelf),
        attempt(assignRole, one, { userId: idOf(accomplice), roleId: plain.id }),
        attempt(updateRole, one, { roleId: plain.id, permissions: ["sessions.revoke"] }),
        attempt(deleteRole, one, { roleId: plain.id, replacement: wanted.id }),
        attempt(createRole, one, { key: `k-${newId()}`, name: "X", rank: 30, permissions: [] }),
      ]);
      expect(new Set(answers)).toEqual(new Set(["FORBIDDEN"]));
    }
    expect([await holdingsOf(runtime, idOf(one)), await holdingsOf(runtime, idOf(accomplice))]).toEqual(before);
  });

  it("gives nothing on with a role that is taken from them in that moment, in each of 50 rounds", {
    timeout: 300_000,
  }, async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const moderator = builtInRoleId("tenant", "moderator");
    for (let round = 0; round < rounds; round += 1) {
      const admin = await tenantCaller(scope, "admin");
      const friend = await tenantCaller(scope, "guest");
      const [taken, given] = await Promise.all([
        attempt(unassignRole, owner, { userId: idOf(admin), roleId: builtInRoleId("tenant", "admin") }),
        attempt(assignRole, admin, { userId: idOf(friend), roleId: moderator }),
      ]);
      expect(taken).toBe("done");
      expect(["done", "FORBIDDEN", "NOT_FOUND"]).toContain(given);
      expect((await holdingsOf(runtime, idOf(friend))).length).toBe(given === "done" ? 2 : 1);
      // From the answer on it is gone, whatever a process may still remember of it.
      const next = await tenantCaller(scope, "guest");
      expect(await attempt(assignRole, admin, { userId: idOf(next), roleId: moderator })).toBe("FORBIDDEN");
    }
  });
});
