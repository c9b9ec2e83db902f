import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { isRememberMeAllowed } from "@/lib/policies/is-remember-me-allowed";
import { updatePolicy } from "@/lib/policies/update-policy";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant } from "@/tests/support/factories";
import { type AuthFixture, makeAccount, makeBrowser, startAuthFixture } from "../auth/auth-fixture";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const day = 86_400;

async function homeThat(allows: boolean | null) {
  const tenant = await makeTenant();
  const set = (rememberMeAllowed: boolean | null) =>
    runOperation(updatePolicy, tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug }), {
      rememberMeAllowed,
    });
  if (allows !== null) await set(allows);
  const user = await makeAccount({ homeTenantId: tenant.id });
  return { tenant, user, set };
}

async function signIn(email: string, more: object = { rememberMe: true }) {
  const answer = await makeBrowser().signIn(email, undefined, more);
  const cookie = answer.headers.getSetCookie().find((header) => header.includes("gatehouse.session=")) ?? "";
  return { status: answer.status, cookie };
}

async function rowOf(userId: string) {
  const { createdAt, expiresAt, ...row } = await withScope({ kind: "platform" }, (tx) =>
    tx.session.findFirstOrThrow({
      where: { userId },
      select: { createdAt: true, expiresAt: true, idleSeconds: true, rememberMe: true },
    }),
  );
  return { ...row, lasts: Math.round((expiresAt.getTime() - createdAt.getTime()) / 1_000) };
}

describe("where people may not stay signed in", () => {
  it("a session lasts a day at most and its cookie ends with the browser, whatever was asked for", async () => {
    const { user } = await homeThat(false);
    const { status, cookie } = await signIn(user.email);
    expect(status).toBe(200);
    expect(cookie).not.toMatch(/max-age|expires/i);
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/i);
    expect(await rowOf(user.id)).toEqual({ idleSeconds: day, lasts: day, rememberMe: false });
  });

  it("it does elsewhere, for those who ask for it", async () => {
    const { user } = await homeThat(null);
    const { cookie } = await signIn(user.email);
    expect(cookie).toMatch(/max-age/i);
    expect(await rowOf(user.id)).toEqual({ idleSeconds: 7 * day, lasts: 30 * day, rememberMe: true });
    expect((await signIn(user.email, { rememberMe: false })).cookie).not.toMatch(/max-age|expires/i);
  });

  it("sessions that exist get shorter, and so do those that enter", async () => {
    const { tenant, user, set } = await homeThat(null);
    await signIn(user.email);
    const guest = await makeAccount();
    await makeMembership(tenant.id, guest.id, "guest");
    await signIn(guest.email);
    await set(false);
    expect((await rowOf(user.id)).lasts).toBe(day);
    expect((await rowOf(guest.id)).lasts).toBe(30 * day);
    await fixture.sql.query("update session set active_tenant_id = $1 where user_id = $2", [tenant.id, guest.id]);
    expect(await rowOf(guest.id)).toEqual({ idleSeconds: day, lasts: day, rememberMe: false });
  });

  it("a tenant cannot allow what the platform does not, and the sign-in page knows the platform's rule", async () => {
    const { set } = await homeThat(null);
    expect(await isRememberMeAllowed()).toBe(true);
    await runOperation(updatePolicy, platformContext("owner"), { rememberMeAllowed: false });
    try {
      expect(await isRememberMeAllowed()).toBe(false);
      await expect(set(true)).rejects.toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "rememberMeAllowed" }] });
    } finally {
      await runOperation(updatePolicy, platformContext("owner"), { rememberMeAllowed: null });
    }
  });
});
