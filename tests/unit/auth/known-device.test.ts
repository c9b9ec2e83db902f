import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { knownDeviceCookie, knownDeviceSeconds, readKnownDevice } from "@/lib/auth/known-device";
import { createSessionCookie, sessionCookie, signSessionToken } from "@/lib/auth/session-cookie";

const installation = (
  gatehouseUrl = "http://localhost:3000",
  secret = "a secret of forty characters, or thereabouts",
) => sessionCookie.set(createSessionCookie({ gatehouseUrl, secret }));

beforeEach(() => installation());
afterEach(() => vi.useRealTimers());

/** What a browser sends back of a cookie that was set. */
const sent = (setCookie: string) => setCookie.split(";")[0] ?? "";
const signIn = (userId: string, before: string | null = null) => sent(knownDeviceCookie(before, userId).setCookie);

describe("the cookie of a known device", () => {
  it("proves that this browser has signed in as this user, and when, among other cookies", () => {
    const { deviceId, setCookie } = knownDeviceCookie(null, "ada");
    const known = readKnownDevice(`theme=dark; ${sent(setCookie)}; gatehouse.session=x`, "ada");
    expect(known?.deviceId).toBe(deviceId);
    expect(Math.abs((known?.provedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("proves nothing for anybody else, and says nobody's name", () => {
    const cookie = signIn("ada");
    expect(readKnownDevice(cookie, "bob")).toBeNull();
    expect(cookie).not.toContain("ada");
  });

  it("is kept by one browser for several people, of whom the one who was here longest ago is forgotten", () => {
    const people = Array.from({ length: 9 }, (_, at) => `user-${at}`);
    const cookie = people.reduce<string | null>((before, person) => signIn(person, before), null);
    expect(people.map((person) => readKnownDevice(cookie, person) !== null)).toEqual([false, ...Array(8).fill(true)]);
    expect(cookie?.length).toBeLessThan(400);
  });

  it("keeps the browser's id and one proof a person, however often they sign in", () => {
    const first = knownDeviceCookie(null, "ada");
    const again = knownDeviceCookie(sent(first.setCookie), "ada");
    expect(again.deviceId).toBe(first.deviceId);
    expect(sent(again.setCookie).split(".")).toHaveLength(sent(first.setCookie).split(".").length);
  });

  it("counts as none when it is forged, moved to another browser, of another installation, or junk", () => {
    const cookie = signIn("ada");
    const other = signIn("bob");
    const [name = "", proof = ""] = [other.split(".").slice(0, 2).join("."), cookie.split(".").at(-1)];
    for (const forged of [
      `${name}.${proof}`,
      cookie.replace(/~./, (sign) => (sign === "~A" ? "~B" : "~A")),
      cookie.replace(/.~/, (sign) => (sign === "1~" ? "2~" : "1~")),
      cookie.slice(0, -1),
      "gatehouse.device=",
      "gatehouse.device=....",
      `gatehouse.device=${"a".repeat(5_000)}`,
      `gatehouse.device=%00.${proof}`,
    ]) {
      expect([forged, readKnownDevice(forged, "ada")]).toEqual([forged, null]);
    }
    expect([readKnownDevice(null, "ada"), readKnownDevice(undefined, "ada")]).toEqual([null, null]);
    installation("http://localhost:3000", "another secret of forty characters or so");
    expect(readKnownDevice(cookie, "ada")).toBeNull();
  });

  it("is no session's signature, and a session's is no proof", () => {
    const [, , proof = ""] = signIn("ada").split(".");
    expect(decodeURIComponent(signSessionToken("ada", sessionCookie.get()))).not.toContain(proof.split("~")[1]);
  });

  it("counts for a year", () => {
    vi.useFakeTimers();
    const cookie = signIn("ada");
    vi.advanceTimersByTime(knownDeviceSeconds * 1000);
    expect(readKnownDevice(cookie, "ada")).not.toBeNull();
    vi.advanceTimersByTime(1);
    expect(readKnownDevice(cookie, "ada")).toBeNull();
  });

  it("V3.3: is out of reach for scripts and other sites, and on https bound to the host", () => {
    expect(knownDeviceCookie(null, "ada").setCookie).toMatch(
      /^gatehouse\.device=[\w.~-]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    installation("https://id.example.com");
    expect(knownDeviceCookie(null, "ada").setCookie).toMatch(
      /^__Host-gatehouse\.device=[\w.~-]+; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });
});
