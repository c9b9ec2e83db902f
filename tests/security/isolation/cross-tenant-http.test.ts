import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { keyPermissionsOf } from "@/lib/api-keys/key-permissions";
import { newId } from "@/lib/db/new-id";
import type { ApiRoute } from "@/lib/http/api-route";
import { readEntryPoint } from "@/lib/http/entry-point-brand";
import type { Operation } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import { findOperations } from "@/tests/architecture/all-operations";
import { importRouteFiles, methods } from "@/tests/architecture/route-files";
import { byKey, byToken, callRoute } from "@/tests/support/callers";
import { comparableHeaders } from "@/tests/support/comparable-headers";
import { contextFor } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { type CrossTenantWorld, openCrossTenantWorld, snapshotOf } from "./cross-tenant-world";
import type { TenantRoleKey } from "./furnished-tenant";
import { ownInput, type Swappable, swappablesOf, withSwapped } from "./operation-inputs";

// The same comparison as beneath, by the real routes and sessions: status, body and headers.

type Route = { label: string; method: string; handler: ApiRoute; operation: Operation; parameters: string[] };
type WebCaller = { name: string; headers: Record<string, string> };

let runtime: TestRuntime;
let world: CrossTenantWorld;
let routes: Route[];
let callers: WebCaller[];
let before: string[];

beforeAll(async () => {
  runtime = await startTestRuntime();
  const found = (await findOperations()).map(({ operation }) => operation);
  world = await openCrossTenantWorld(
    runtime,
    found.filter(({ scope }) => scope === "either" || scope === "tenant"),
  );
  routes = await readTenantRoutes();
  callers = [await signedIn("owner"), await signedIn("moderator"), await withKey()];
  before = await snapshotOf(runtime.asSuperuser, world.theirs);
}, 120_000);
afterAll(() => runtime.stop());

async function readTenantRoutes(): Promise<Route[]> {
  const files = (await importRouteFiles()).filter(({ file }) => file.includes("[tenantSlug]"));
  return files.flatMap(({ file, exports }) =>
    methods.flatMap((method) => {
      const entry = readEntryPoint(exports[method]);
      if (entry?.kind !== "route") return [];
      const parameters = [...file.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
      const label = `${method} ${file.replace(/^app\/api\/v1|\/route\.ts$/g, "")}`;
      return [{ label, method, handler: toHandler(exports[method]), operation: entry.operation, parameters }];
    }),
  );
}

// What carries the brand of a route is one.
function toHandler(exported: unknown): ApiRoute {
  return exported as ApiRoute;
}

async function signedIn(key: TenantRoleKey): Promise<WebCaller> {
  const [session] = await runtime.makeSessions(world.ours.people[key], 1);
  return { name: key, headers: byToken(session?.token ?? "") };
}

async function withKey(): Promise<WebCaller> {
  const { people, tenantId, tenantSlug } = world.ours;
  const ctx = await contextFor(people.owner, { kind: "tenant", tenantId, tenantSlug });
  const permissions = keyPermissionsOf("tenant").filter((name) => ctx.grants.permissions.has(name));
  const { secret } = await runOperation(createApiKey, ctx, { name: "Isolation", permissions });
  return { name: "API key", headers: byKey(secret) };
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Status, headers and body of an answer, without what was asked for and what is new in every answer. */
async function ask(route: Route, caller: WebCaller, { slug, input }: { slug: string; input: object }) {
  const isPath = ([name]: [string, unknown]) => route.parameters.includes(name);
  const entries = Object.entries(input);
  const path = entries.filter(isPath).map(([name, value]) => [name, String(value)]);
  const rest = Object.fromEntries(entries.filter((entry) => !isPath(entry)));
  const inQuery = route.method === "GET" || route.method === "DELETE";
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  const answer = await callRoute(route.handler, caller.headers, {
    method: route.method,
    params: { ...Object.fromEntries(path), tenantSlug: slug },
    ...(inQuery ? { query: `?${query}` } : { body: rest }),
  });
  return { status: answer.status, headers: comparableHeaders(answer.headers), text: answer.text };
}

type Answer = Awaited<ReturnType<typeof ask>>;

function comparable({ status, headers, text }: Answer, asked: string) {
  const known = text.replaceAll(asked, "?").replaceAll(uuid, "id").replaceAll(time, "time");
  // Signed over a moment and an id, so it differs from one answer to the next.
  return { status, headers, text: known.replaceAll(/"previewToken":"[^"]*"/g, "token") };
}

type Case = { route: Route; swappable: Swappable; caller: WebCaller; foreign: string };

async function expectAlike({ route, swappable, caller, foreign }: Case): Promise<void> {
  const slug = world.ours.tenantSlug;
  const absent = swappable.known.absent?.() ?? "";
  const ofForeign = await ask(route, caller, { slug, input: withSwapped(swappable, world, foreign) });
  const ofAbsent = await ask(route, caller, { slug, input: withSwapped(swappable, world, absent) });
  const where = `${route.label} with ${swappable.field} = ${foreign}, by the ${caller.name}`;
  expect(comparable(ofForeign, foreign), where).toEqual(comparable(ofAbsent, absent));
  expect(ofForeign.status, where).toBeLessThan(500);
  const rest = ofForeign.text.replaceAll(foreign, "?");
  expect(
    world.foreignTraces.find((trace) => rest.includes(trace)),
    where,
  ).toBeUndefined();
}

/** Every parameter of every route, by every caller, each time with another foreign value; addresses are used once. */
function everyCase(tenantRoutes: Route[]): Case[] {
  const parameters = tenantRoutes.flatMap((route) =>
    swappablesOf(route.operation).flatMap((swappable) => callers.map((caller) => ({ route, swappable, caller }))),
  );
  return parameters.map((parameter, index) => {
    const { swappable } = parameter;
    const isAddress = swappable.field.startsWith("email");
    const values = isAddress ? world.foreignAddresses : (swappable.known.foreign?.(world) ?? []);
    return { ...parameter, foreign: values[index % values.length] ?? "" };
  });
}

describe("over HTTP", () => {
  it("what is foreign is answered as what is absent: status, body and headers, for every parameter of every route", {
    timeout: 600_000,
  }, async () => {
    const tenantRoutes = routes.filter(({ operation }) => operation.scope === "either" || operation.scope === "tenant");
    expect(tenantRoutes.length).toBeGreaterThan(30);
    const cases = everyCase(tenantRoutes);
    for (const one of cases) await expectAlike(one);
    expect(cases.length).toBeGreaterThan(150);
    process.stdout.write(`tenant isolation over HTTP: ${2 * cases.length} requests to ${tenantRoutes.length} routes\n`);
  });

  it("a foreign tenant is answered as an absent one: status, body and headers, on every route", {
    timeout: 600_000,
  }, async () => {
    const everybody = [
      ...callers,
      { name: "nobody", headers: {} },
      { name: "bad key", headers: byKey(`gh_${"x".repeat(43)}`) },
    ];
    for (const route of routes) {
      const input = ownInput(route.operation, { ...world, ours: world.theirs });
      for (const caller of everybody) {
        const ofForeign = await ask(route, caller, { slug: world.theirs.tenantSlug, input });
        const absent = `slug-${newId()}`;
        const ofAbsent = await ask(route, caller, { slug: absent, input });
        const where = `${route.label} by the ${caller.name}`;
        expect(comparable(ofForeign, world.theirs.tenantSlug), where).toEqual(comparable(ofAbsent, absent));
        expect([401, 403, 404], where).toContain(ofForeign.status);
      }
    }
  });

  it("has left the other tenant exactly as it was", async () => {
    expect(await snapshotOf(runtime.asSuperuser, world.theirs)).toEqual(before);
  });
});
