import { validate, version } from "uuid";
import { describe, expect, it } from "vitest";
import { builtInRoles } from "@/lib/authorization/built-in-roles";
import { demoAccounts } from "@/lib/seed/demo-accounts";
import { inventDemo } from "@/lib/seed/demo-data";
import { createRandom } from "@/lib/seed/random";
import { seedId } from "@/lib/seed/seed-id";
import { sessionEndReasons } from "@/lib/sessions/schemas";
import { emailInput } from "@/lib/users/schemas";

const now = Date.UTC(2030, 4, 1, 12);
const demo = inventDemo(now);

describe("the demo as it is invented", () => {
  it("is the same for the same moment", () => {
    expect(inventDemo(now)).toEqual(demo);
  });

  it("has one account with a password of its own for every built-in role, in the platform and in each tenant", () => {
    const held = demoAccounts.map(({ scope, role, tenantSlug }) => `${scope}/${role}/${tenantSlug}`);
    const wanted = builtInRoles.flatMap(({ scope, key }) =>
      scope === "platform" ? [`platform/${key}/null`] : demo.homes.map(({ slug }) => `tenant/${key}/${slug}`),
    );

    expect(held.toSorted()).toEqual(wanted.toSorted());
    expect(new Set(demoAccounts.map(({ password }) => password)).size).toBe(demoAccounts.length);
    for (const { password } of demoAccounts) expect(password.length).toBeGreaterThanOrEqual(12);
  });

  it("has some three hundred people whose addresses are all different and acceptable, in many scripts", () => {
    const addresses = demo.users.map(({ email }) => email);
    const names = demo.users.map(({ name }) => name).join(" ");

    expect(demo.users.length).toBeGreaterThan(270);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) expect(emailInput.parse(address)).toBe(address);
    for (const script of ["Greek", "Cyrillic", "Arabic", "Hebrew", "Han", "Hiragana", "Hangul", "Devanagari"]) {
      expect(names, script).toMatch(new RegExp(`\\p{Script=${script}}`, "u"));
    }
  });

  it("ends sessions for every reason but an unknown one, and nobody has been acted as", () => {
    const reasons = new Set(demo.history.map(({ endReason }) => endReason));
    const absent = ["unknown", "impersonation_ended"];

    expect([...reasons].toSorted()).toEqual(sessionEndReasons.filter((reason) => !absent.includes(reason)).toSorted());
  });

  it("tells nothing of the future, and every session in order: signed in, used, ended, within its limits", () => {
    const moments = [
      ...demo.events.map(({ at }) => at.getTime()),
      ...demo.history.map(({ endedAt }) => endedAt.getTime()),
      ...demo.sessions.map(({ lastSeenAt }) => lastSeenAt),
    ];
    expect(Math.max(...moments)).toBeLessThanOrEqual(now);
    for (const row of demo.history) {
      expect(row.createdAt.getTime()).toBeLessThanOrEqual(row.lastSeenAt.getTime());
      expect(row.lastSeenAt.getTime()).toBeLessThanOrEqual(row.endedAt.getTime());
      expect(row.endedAt.getTime()).toBeLessThanOrEqual(row.expiresAt.getTime());
    }
    for (const { row, lastSeenAt } of demo.sessions) {
      expect(row.createdAt.getTime()).toBeLessThanOrEqual(lastSeenAt);
      expect(row.expiresAt.getTime()).toBeGreaterThan(now);
      expect(lastSeenAt + row.idleSeconds * 1000).toBeGreaterThan(now);
    }
  });

  it("has a sign-in event for every session, and a receipt that counts what it ended for every revocation", () => {
    const signIns = new Set(
      demo.events
        .filter(({ action, outcome }) => action === "session.create" && outcome === "success")
        .map(({ details }) => Reflect.get(details ?? {}, "sessionId")),
    );
    const sessions = [...demo.history.map(({ id }) => id), ...demo.sessions.map(({ row }) => row.id)];
    for (const id of sessions) expect(signIns.has(id)).toBe(true);
    expect(signIns.size).toBe(sessions.length);

    for (const receipt of demo.receipts) {
      const ended = demo.history.filter(({ receiptId }) => receiptId === receipt.id);
      expect(ended).toHaveLength(receipt.ended);
      const told = demo.events.filter(({ requestId }) => requestId === receipt.requestId);
      expect(told).toHaveLength(1);
      expect(told[0]?.details).toMatchObject({ receiptId: receipt.id });
    }
  });

  it("has one account in strange hands, with failures before and sessions in many countries after", () => {
    const countries = new Map<string, Set<string | null>>();
    for (const { row } of demo.sessions) {
      countries.set(row.userId, (countries.get(row.userId) ?? new Set()).add(row.country));
    }
    const [userId, most] = [...countries].toSorted((a, b) => b[1].size - a[1].size)[0] ?? ["", new Set()];
    const failures = demo.events.filter(({ outcome, targetId }) => outcome === "failure" && targetId === userId);

    expect(most.size).toBeGreaterThanOrEqual(10);
    expect(failures.length).toBeGreaterThanOrEqual(30);
  });

  it("lets nobody be signed in who is locked, invited or deleted", () => {
    const active = new Set(demo.users.filter(({ state }) => state === "active").map(({ id }) => id));

    for (const { row } of demo.sessions) expect(active.has(row.userId)).toBe(true);
  });
});

describe("the seed's random stream", () => {
  it("makes version 7 ids that carry their moment, and repeats itself for the same seed", () => {
    const id = seedId(createRandom("a"), now);

    expect(validate(id)).toBe(true);
    expect(version(id)).toBe(7);
    expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(now);
    expect(seedId(createRandom("a"), now)).toBe(id);
    expect(seedId(createRandom("b"), now)).not.toBe(id);
  });
});
