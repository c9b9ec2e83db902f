import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { authenticateRequest } from "@/lib/auth/authenticate-request";
import { apiRoute } from "@/lib/http/api-route";
import type { Operation } from "@/lib/operations/define-operation";
import { updateUser } from "@/lib/users/update-user";
import { findOperations } from "@/tests/architecture/all-operations";
import { byKey, byToken, callRoute } from "@/tests/support/callers";
import { makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
let operations: Operation[];
beforeAll(async () => {
  runtime = await startTestRuntime();
  operations = (await findOperations()).map(({ operation }) => operation);
});
afterAll(() => runtime.stop());

/** What a request might say about who makes it, or for whom. */
const identities = [
  "ownerId",
  "owner",
  "actorId",
  "actingUserId",
  "createdBy",
  "createdById",
  "invitedById",
  "impersonatedBy",
  "impersonatedById",
  "accountId",
  "session",
  "sessionToken",
  "tenantId",
  "homeTenantId",
  "activeTenantId",
  "organizationId",
  "scope",
  "grants",
  "isOwner",
  "admin",
];

const makeKey = apiRoute(createApiKey, { status: 201 });

describe("who acts is said by the credential alone, never by the request (CVE-2025-61928)", () => {
  it("no operation has a field for it", () => {
    for (const { name, input } of operations) {
      for (const identity of identities) {
        const parsed = input.safeParse({ [identity]: "somebody" });
        const refused = parsed.error?.issues.some(
          (issue) => issue.code === "unrecognized_keys" && issue.keys.includes(identity),
        );
        expect(refused, `${name}.${identity}`).toBe(true);
      }
    }
  });

  it("a key is made for whoever asks: for somebody else neither signed out nor signed in", async () => {
    const victim = await makeUser({ platformRole: "owner" });
    const caller = await makeUser({ platformRole: "admin" });
    const [session] = await runtime.makeSessions(caller.id, 1);
    const wish = { name: "Key", permissions: ["users.read"] };
    for (const field of ["userId", "ownerId", "owner", "user"]) {
      const body = { ...wish, [field]: victim.id };
      expect((await callRoute(makeKey, {}, { method: "POST", body })).status, field).toBe(401);
      const signedIn = await callRoute(makeKey, byToken(session?.token ?? ""), { method: "POST", body });
      expect(signedIn.status, field).toBe(400);
    }
    expect(await runtime.asSuperuser("select id from api_key where owner_id = $1", [victim.id])).toEqual([]);
    const made = await callRoute(makeKey, byToken(session?.token ?? ""), { method: "POST", body: wish });
    expect(made.json).toMatchObject({ owner: { id: caller.id } });
  });

  it("the path names the target, whatever the body says", async () => {
    const caller = await makeUser({ platformRole: "owner" });
    const [named, other] = [await makeUser(), await makeUser()];
    const [session] = await runtime.makeSessions(caller.id, 1);
    const answer = await callRoute(apiRoute(updateUser), byToken(session?.token ?? ""), {
      method: "PATCH",
      params: { userId: named.id },
      body: { userId: other.id, name: "Renamed" },
    });
    expect([200, 400]).toContain(answer.status);
    const rows = await runtime.asSuperuser<{ name: string }>('select name from "user" where id = $1', [other.id]);
    expect(rows).toEqual([{ name: other.name }]);
  });

  it("headers that claim an identity, as proxies send them, claim nothing", async () => {
    const victim = await makeUser({ platformRole: "owner" });
    const caller = await makeUser();
    const [session] = await runtime.makeSessions(caller.id, 1);
    const claims = {
      "x-gatehouse-user": victim.id,
      "x-gatehouse-roles": "owner",
      "x-gatehouse-tenant": "any",
      "x-user-id": victim.id,
      "x-forwarded-user": victim.email,
      "x-middleware-subrequest": "middleware:middleware:middleware",
    };
    const as = (credential: Record<string, string>) =>
      authenticateRequest({ headers: new Headers({ ...claims, ...credential }), source: "api" });
    const ctx = await as(byToken(session?.token ?? ""));
    expect([ctx.actor.id, ctx.grants.permissions.size, ctx.scope.kind]).toEqual([caller.id, 0, "platform"]);
    await expect(as({})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(as(byKey(`gh_${"0".repeat(43)}`))).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
