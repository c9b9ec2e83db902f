import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getPolicyRoute } from "@/app/api/v1/tenants/[tenantSlug]/policy/route";
import { GET as getTenantRoute } from "@/app/api/v1/tenants/[tenantSlug]/route";
import { POST as suspendRoute } from "@/app/api/v1/tenants/[tenantSlug]/suspend/route";
import { requestIdHeader } from "@/lib/config/internal-headers";
import type { ApiRoute } from "@/lib/http/api-route";
import { checkSession } from "@/lib/sessions/check-session";
import { comparableHeaders } from "@/tests/support/comparable-headers";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { cookieOf, makeSession, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const origin = "http://localhost:3000";

async function call(
  route: ApiRoute,
  tenantSlug: string,
  { session, body }: { session: { token: string }; body?: object },
) {
  const request = new Request(`${origin}/api/v1/tenants/${tenantSlug}`, {
    method: body ? "POST" : "GET",
    headers: { cookie: cookieOf(session), origin, "content-type": "application/json", [requestIdHeader]: "same" },
    body: body ? JSON.stringify(body) : undefined,
  });
  const response = await route(request, { params: Promise.resolve({ tenantSlug }) });
  return { status: response.status, text: await response.text(), headers: comparableHeaders(response.headers) };
}

async function person(platformRole?: "owner") {
  const user = await makeUser(platformRole ? { platformRole } : {});
  return { user, session: await makeSession(user.id) };
}

test("a member of a suspended tenant is told the reason at the next request; to a stranger it does not exist", async () => {
  const tenant = await makeTenant();
  const [owner, member, stranger] = [await person("owner"), await person(), await person()];
  await makeMembership(tenant.id, member.user.id, "owner");
  expect((await call(getPolicyRoute, tenant.slug, member)).status).toBe(200);

  const body = { reason: "Unpaid since May." };
  const suspended = await call(suspendRoute, tenant.slug, { ...owner, body });
  expect([suspended.status, JSON.parse(suspended.text)]).toMatchObject([
    200,
    { slug: tenant.slug, status: "suspended" },
  ]);

  // Entering made the member's session active there: it ended with the tenant.
  expect(await checkSession(member.session.tokenHash)).toBeNull();
  const back = { session: await makeSession(member.user.id) };
  const refused = await call(getPolicyRoute, tenant.slug, back);
  expect([refused.status, JSON.parse(refused.text).detail]).toEqual([403, expect.stringContaining(body.reason)]);
  const strange = await call(getPolicyRoute, tenant.slug, stranger);
  expect(strange.status).toBe(404);
  expect(strange).toEqual(await call(getPolicyRoute, "nowhere", stranger));
  expect((await call(getPolicyRoute, tenant.slug, owner)).status).toBe(200);
});

test("the slug of a platform's operation names what it acts on, not where: a tenant's owner is refused alike everywhere", async () => {
  const [tenant, other] = [await makeTenant(), await makeTenant()];
  const [owner, member] = [await person("owner"), await person()];
  await makeMembership(tenant.id, member.user.id, "owner");
  expect(JSON.parse((await call(getTenantRoute, tenant.slug, owner)).text)).toMatchObject({ id: tenant.id });
  expect((await call(getTenantRoute, "nowhere", owner)).status).toBe(404);
  const own = await call(getTenantRoute, tenant.slug, member);
  expect(own.status).toBe(403);
  expect(await call(getTenantRoute, other.slug, member)).toEqual(own);
  expect(await call(getTenantRoute, "nowhere", member)).toEqual(own);
  const suspend = { ...member, body: { reason: "Mine now." } };
  const foreign = await call(suspendRoute, other.slug, suspend);
  expect(foreign.status).toBe(404);
  expect(await call(suspendRoute, "nowhere", suspend)).toEqual(foreign);
});
