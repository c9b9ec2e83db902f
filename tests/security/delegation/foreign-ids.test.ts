import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { findCaller } from "@/lib/auth/authenticate-request";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { resendInvitation } from "@/lib/invitations/resend-invitation";
import { revokeInvitation } from "@/lib/invitations/revoke-invitation";
import { removeMember } from "@/lib/members/remove-member";
import type { Operation } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { unassignRole } from "@/lib/roles/unassign-role";
import { updateRole } from "@/lib/roles/update-role";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { deleteUser } from "@/lib/users/delete-user";
import { lockUser } from "@/lib/users/lock-user";
import { unlockUser } from "@/lib/users/unlock-user";
import { updateUser } from "@/lib/users/update-user";
import { byToken } from "@/tests/support/callers";
import { makeMembership, makeUser } from "@/tests/support/factories";
import { again, contextFor, openTenant, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { snapshotOf } from "../isolation/cross-tenant-world";
import { type FurnishedTenant, furnishTenant } from "../isolation/furnished-tenant";
import { attempt } from "./delegation-cast";

let runtime: TestRuntime;
let ours: FurnishedTenant;
let theirs: FurnishedTenant;
beforeAll(async () => {
  runtime = await startTestRuntime();
  ours = await furnishTenant(runtime.asSuperuser);
  theirs = await furnishTenant(runtime.asSuperuser);
});
afterAll(() => runtime.stop());

const scopeOf = ({ tenantId, tenantSlug }: FurnishedTenant) => ({ kind: "tenant", tenantId, tenantSlug }) as const;
const reason = "foreign";

/** Every command that names something, with what is ours and what is theirs in turn. */
function mixedCalls(): [Operation, object][] {
  const [roleId, receiver] = [ours.roleIds[0], ours.people.member];
  const [foreignRole, stranger] = [theirs.roleIds[0], theirs.people.member];
  return [
    [assignRole, { userId: receiver, roleId: foreignRole }],
    [assignRole, { userId: stranger, roleId }],
    [assignRole, { userId: stranger, roleId: foreignRole }],
    [unassignRole, { userId: stranger, roleId: builtInRoleId("tenant", "member") }],
    [updateRole, { roleId: foreignRole, name: "Mine" }],
    [deleteRole, { roleId: foreignRole }],
    [deleteRole, { roleId: foreignRole, replacement: roleId }],
    [removeMember, { userId: stranger }],
    [resendInvitation, { invitationId: theirs.invitationIds[0] }],
    [revokeInvitation, { invitationId: theirs.invitationIds[0] }],
    [revokeApiKey, { keyId: theirs.keyIds[0] }],
    [rotateApiKey, { keyId: theirs.keyIds[0] }],
    [revokeSession, { sessionId: theirs.sessionIds[0] }],
    [revokeSessions, { sessionIds: theirs.sessionIds, reason }],
    [revokeSessions, { userId: stranger, reason }],
    [revokeUserSessions, { userId: stranger }],
    [lockUser, { userId: stranger, reason }],
    [unlockUser, { userId: stranger }],
    [updateUser, { userId: stranger, name: "Mine" }],
    [deleteUser, { userId: stranger }],
    [startImpersonation, { userId: stranger, reason }],
  ];
}

describe("an id of another tenant opens nothing to an owner of one's own (Zitadel CVE-2026-32131)", () => {
  it("alone or beside an id of one's own: each is answered as absent, and nothing there changes", async () => {
    const owner = await contextFor(ours.people.owner, scopeOf(ours));
    const before = await snapshotOf(runtime.asSuperuser, theirs);
    for (const [operation, input] of mixedCalls()) {
      expect(await attempt(operation, owner, input), `${operation.name} ${JSON.stringify(input)}`).toBe("NOT_FOUND");
    }
    expect(await snapshotOf(runtime.asSuperuser, theirs)).toEqual(before);
  });

  it("a list of sessions with one foreign among one's own ends the own one alone", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const member = await tenantCaller(scope, "guest");
    const [session] = await runtime.makeSessions(member.actor.id ?? "", 1);
    const before = await snapshotOf(runtime.asSuperuser, theirs);
    const sessionIds = [session?.id ?? "", theirs.sessionIds[0] ?? ""];
    const receipt = await runOperation(revokeSessions, again(owner), { sessionIds, reason });
    expect(receipt.ended).toBe(1);
    expect(await snapshotOf(runtime.asSuperuser, theirs)).toEqual(before);
  });

  it("a guest's account stays its home's: neither locked, renamed, deleted, moved nor acted as, and only sessions here end", async () => {
    const scope = await openTenant();
    const home = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const guest = await makeUser({ homeTenantId: home.tenantId });
    await makeMembership(home.tenantId, guest.id);
    await makeMembership(scope.tenantId, guest.id, "guest");
    const [here, there] = await runtime.makeSessions(guest.id, 2);
    const enter = "update session set active_tenant_id = $2 where id = $1";
    await runtime.asSuperuser(enter, [here?.id, scope.tenantId]);
    await runtime.asSuperuser(enter, [there?.id, home.tenantId]);
    const acts: [Operation, object][] = [
      [lockUser, { userId: guest.id, reason }],
      [unlockUser, { userId: guest.id }],
      [updateUser, { userId: guest.id, name: "Mine" }],
      [updateUser, { userId: guest.id, homeTenant: scope.tenantSlug }],
      [deleteUser, { userId: guest.id }],
      [startImpersonation, { userId: guest.id, reason }],
    ];
    for (const [operation, input] of acts) {
      expect(["FORBIDDEN", "NOT_FOUND"], operation.name).toContain(await attempt(operation, owner, input));
    }
    const kept = 'select name, home_tenant_id, locked_at from "user" where id = $1';
    expect(await runtime.asSuperuser(kept, [guest.id])).toEqual([
      { name: guest.name, home_tenant_id: home.tenantId, locked_at: null },
    ]);
    expect(await attempt(revokeSession, owner, { sessionId: there?.id })).toBe("NOT_FOUND");
    await runOperation(revokeUserSessions, again(owner), { userId: guest.id });
    const isAlive = async (token = "") => (await findCaller(byToken(token).cookie)) !== null;
    expect([await isAlive(here?.token), await isAlive(there?.token)]).toEqual([false, true]);
  });

  it("a role, an invitation or a membership cannot be made to point across, whoever writes it (foreign keys carry the tenant)", async () => {
    const across: [string, unknown[]][] = [
      [
        "insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)",
        [ours.tenantId, theirs.membershipIds[0], builtInRoleId("tenant", "admin")],
      ],
      [
        "insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)",
        [ours.tenantId, ours.membershipIds[0], theirs.roleIds[0]],
      ],
      [
        "insert into invitation_role (tenant_id, invitation_id, role_id) values ($1, $2, $3)",
        [ours.tenantId, theirs.invitationIds[0], builtInRoleId("tenant", "admin")],
      ],
      [
        "insert into invitation_role (tenant_id, invitation_id, role_id) values ($1, $2, $3)",
        [ours.tenantId, ours.invitationIds[0], theirs.roleIds[0]],
      ],
      ["update session set active_tenant_id = $1 where id = $2", [ours.tenantId, theirs.sessionIds[0]]],
      [
        `insert into session (id, user_id, token_hash, expires_at, idle_seconds, active_tenant_id, platform_epoch, user_epoch)
         values ($1, $2, repeat('a', 64), now() + interval '1 hour', 60, $3, 0, 0)`,
        [newId(), theirs.people.member, ours.tenantId],
      ],
    ];
    for (const [sql, values] of across) {
      await expect(runtime.asSuperuser(sql, values), sql).rejects.toThrow(
        /does not belong here|foreign key|not a member/,
      );
    }
  });
});
