import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as listRoles } from "@/app/api/v1/roles/route";
import { GET as getUser } from "@/app/api/v1/users/[userId]/route";
import { newId } from "@/lib/db/new-id";
import type { ApiRoute } from "@/lib/http/api-route";
import { makeUser } from "@/tests/support/factories";
import { cookieOf, makeSession, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const policy = '"api";q=1200;w=60';

async function answerTo(route: ApiRoute, cookie: string | null, params: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/v1/x", { headers: cookie === null ? {} : { cookie } });
  const { status, headers } = await route(request, { params: Promise.resolve(params) });
  return { status, limit: headers.get("ratelimit"), policy: headers.get("ratelimit-policy") };
}

test("an answer of the API says what is left of the caller's limit, whatever else it says", async () => {
  const owner = await makeUser({ platformRole: "owner" });
  const cookie = cookieOf(await makeSession(owner.id));
  expect(await answerTo(listRoles, cookie)).toEqual({ status: 200, limit: '"api";r=1199;t=1', policy });
  const missing = await answerTo(getUser, cookie, { userId: newId() });
  expect(missing).toMatchObject({ status: 404, policy });
  expect(missing.limit).toMatch(/^"api";r=119[89];t=1$/);
});

test("whoever is not let in is told nothing of limits", async () => {
  expect(await answerTo(listRoles, null)).toEqual({ status: 401, limit: null, policy: null });
});
