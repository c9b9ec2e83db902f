import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, createUser, makeClient, signIn, signInOwner } from "./api-client";

let owner: Client;

beforeAll(async () => {
  owner = await signInOwner();
});

function policyOf(answer: Answer): Map<string, string> {
  const directives = (answer.headers["content-security-policy"] ?? "").split(";").map((text) => text.trim());
  return new Map(directives.map((text) => [text.split(" ")[0] ?? "", text.split(" ").slice(1).join(" ")]));
}

const makeSlug = () => `tenant-${randomBytes(6).toString("hex")}`;

const nonceOf = (answer: Answer) => /'nonce-([^']+)'/.exec(policyOf(answer).get("script-src") ?? "")?.[1];

// What differs between any two answers: the name asked for, the nonce, and the moment.
function withoutChance(answer: Answer, slug: string): string {
  return answer.text
    .replaceAll(slug, "slug")
    .replaceAll(nonceOf(answer) ?? "", "nonce")
    .replace(/renderedAt(\\?":)\d+/g, "renderedAt");
}

describe("a page", () => {
  it.each(["/sign-in", "/platform/users", "/no-such-page"])(
    "%s has a policy whose nonce is its own and on every script",
    async (path) => {
      const [first, second] = [await owner.get(path), await owner.get(path)];
      const nonces = [first, second].map(nonceOf);
      expect(nonces[0]).toMatch(/^[\w+/]{20,}={0,2}$/);
      expect(nonces[0]).not.toBe(nonces[1]);
      const policy = policyOf(first);
      expect([policy.get("object-src"), policy.get("base-uri"), policy.get("frame-ancestors")]).toEqual([
        "'none'",
        "'none'",
        "'none'",
      ]);
      expect(policy.get("script-src")).not.toContain("unsafe");
      const scripts = first.text.match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[0]}"`))).toEqual([]);
      expect(first.headers["x-content-type-options"]).toBe("nosniff");
      expect(first.headers["referrer-policy"]).toBeDefined();
      expect(first.headers["cross-origin-opener-policy"]).toBe("same-origin");
      expect(first.headers["x-powered-by"]).toBeUndefined();
      expect(first.headers["cache-control"]).toContain("no-store");
    },
  );

  it.each(["/platform/users?search=ada&sort=-createdAt", "/t/acme/users?search=ada&sort=-createdAt"])(
    "of the console (%s) leads the signed out to the sign-in, and back afterwards",
    async (path) => {
      const answer = await makeClient().get(path);
      expect(answer.status).toBe(307);
      const location = new URL(answer.headers.location ?? "", "http://gatehouse.invalid");
      expect(location.pathname).toBe("/sign-in");
      expect(location.searchParams.get("next")).toBe(path);
    },
  );

  it("of a foreign tenant answers exactly as that of one that nobody has", async () => {
    const [foreign, absent] = [makeSlug(), makeSlug()];
    const created = await owner.post("/api/v1/tenants", { slug: foreign, name: "Foreign" });
    expect(created.status).toBe(201);
    const stranger = await signIn((await createUser(owner)).email);
    for (const place of ["", "/users", "/users/0193a1c2-0000-7000-8000-000000000000", "/roles", "/no-such-page"]) {
      const [there, nowhere] = [
        await stranger.get(`/t/${foreign}${place}`),
        await stranger.get(`/t/${absent}${place}`),
      ];
      expect([place, there.status, nowhere.status]).toEqual([place, 404, 404]);
      expect(withoutChance(there, foreign)).toBe(withoutChance(nowhere, absent));
    }
  });

  // The middleware looks at the cookie's presence alone, so these get past it (CVE-2025-29927 and its kin).
  it.each(["junk", "a.b", ""])(
    "of the console shows nothing to the cookie %j, whatever else the request claims",
    async (value) => {
      const tricks: Record<string, string>[] = [
        {},
        { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
        { RSC: "1", "Next-Router-Prefetch": "1" },
      ];
      for (const headers of tricks) {
        for (const path of ["/platform/users", "/platform/users.rsc", "/platform/audit?_rsc=abc"]) {
          const answer = await makeClient(`gatehouse.session=${value}`).call(path, { headers });
          expect(answer.text).not.toContain("owner@gatehouse.test");
          expect(answer.status).toBeLessThan(500);
        }
      }
    },
  );

  it("of the console shows no user to somebody without a role", async () => {
    const user = await createUser(owner);
    const nobody = await signIn((await createUser(owner)).email);
    for (const path of ["/platform/users", `/platform/users/${user.id}`, "/platform/sessions", "/platform/audit"]) {
      const answer = await nobody.get(path);
      expect([path, answer.text.includes(user.email)]).toEqual([path, false]);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it("takes no header of ours from outside", async () => {
    const answer = await makeClient("gatehouse.session=junk").call("/platform/users", {
      headers: { "x-gatehouse-page-path": "//evil.example", "x-gatehouse-client-address": "1.1.1.1" },
    });
    expect(answer.text + (answer.headers.location ?? "")).not.toContain("evil.example");
  });
});
