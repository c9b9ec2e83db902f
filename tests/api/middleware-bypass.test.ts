import { beforeAll, describe, expect, it } from "vitest";
import { findFiles } from "../architecture/project-files";
import { methods, readRoutes } from "../architecture/route-files";
import { type Client, createUser, makeClient, signInOwner } from "./api-client";

// Who is told apart by middleware alone can be anybody who skips it: CVE-2025-29927, and the forms in which Next fetches
// a page's data past it. The middleware looks at the presence of a cookie, so that any cookie gets past it, too.
const tricks: Record<string, Record<string, string>> = {
  "nothing at all": {},
  "the header by which Next knew its own requests": {
    "x-middleware-subrequest": Array.from({ length: 5 }, () => "middleware").join(":"),
  },
  "its older form": { "x-middleware-subrequest": "src/middleware" },
  "a prefetch": { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
  "a page's data": { RSC: "1", "Next-Url": "/platform" },
  "another address behind the scenes": {
    "x-middleware-rewrite": "/platform/users",
    "x-invoke-path": "/platform/users",
  },
};
const cookies: (string | null)[] = [null, "gatehouse.session=junk"];

const pages = findFiles("app", /\/page\.tsx$/)
  .map((file) =>
    file
      .replace(/^app/, "")
      .replaceAll(/\/\([\w-]+\)/g, "")
      .replace(/\/page\.tsx$/, ""),
  )
  .filter((path) => /^\/(?:platform|t|account)(?:\/|$)/.test(path));

let owner: Client;
let user: { id: string; email: string };
const slug = `bypass-${Date.now().toString(36)}`;

beforeAll(async () => {
  owner = await signInOwner();
  user = await createUser(owner);
  expect((await owner.post("/api/v1/tenants", { slug, name: "Behind the middleware" })).status).toBe(201);
});

const fill = (path: string) =>
  path
    .replaceAll(/[[{](?:tenantSlug|slug)[\]}]/g, slug)
    .replaceAll(/[[{]userId[\]}]/g, user.id)
    .replaceAll(/[[{]\w+[\]}]/g, "0193a1c2-0000-7000-8000-000000000000");

describe.each(Object.entries(tricks))("a request without a session, with %s", (_name, headers) => {
  it("reads no page of the console or of an account", async () => {
    expect(pages.length).toBeGreaterThan(20);
    for (const path of pages.map(fill)) {
      for (const cookie of cookies) {
        for (const form of [path, `${path}.rsc`, `${path}?_rsc=abc`]) {
          const answer = await makeClient(cookie).call(form, { headers });
          expect([form, answer.status < 500]).toEqual([form, true]);
          for (const known of [user.email, "owner@gatehouse.test", "Behind the middleware"]) {
            expect([form, answer.text.includes(known)]).toEqual([form, false]);
          }
        }
      }
    }
  }, 120_000);

  it("is refused by every route of the API", async () => {
    const routes = (await readRoutes()).filter(({ path }) => !path.includes("..."));
    expect(routes.length).toBeGreaterThan(30);
    for (const { path, methods: known } of routes) {
      for (const method of methods.filter((one) => known[one]?.kind === "route")) {
        const body = method === "GET" || method === "DELETE" ? {} : { body: {} };
        const asked = `/api/v1${fill(path)}`;
        const client = makeClient("gatehouse.session=junk");
        const first = await client.call(asked, { method, headers, ...body });
        // Next sends those who ask for a page's data to an address of its own, which leads to the same route.
        const location = first.headers.location;
        const answer = location ? await client.call(location, { method, headers, ...body }) : first;
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
  }, 120_000);
});
