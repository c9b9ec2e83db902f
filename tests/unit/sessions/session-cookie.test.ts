import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createSessionCookie,
  hashSessionToken,
  readSessionCookie,
  sessionCookie,
  sessionCookieName,
  signSessionToken,
} from "@/lib/auth/session-cookie";

const secret = "a secret of the tests, thirty-two characters and more";
const token = "jF0aZpXr3dK9bQmV7cLwTsYhN2eGuIo1";

beforeAll(() => sessionCookie.set(createSessionCookie({ gatehouseUrl: "http://localhost:3000", secret })));

function signed(value = token, withSecret = secret): string {
  return encodeURIComponent(`${value}.${createHmac("sha256", withSecret).update(value).digest("base64")}`);
}

describe("the session cookie", () => {
  test("is named with the __Host- prefix on https, and without it on http, where browsers refuse it", () => {
    expect(sessionCookieName({ gatehouseUrl: "https://gate.example.com" })).toBe("__Host-gatehouse.session");
    expect(sessionCookieName({ gatehouseUrl: "http://localhost:3000" })).toBe("gatehouse.session");
  });

  test("gives the hash of a token that was signed here, wherever it stands in the header", () => {
    const pair = `gatehouse.session=${signed()}`;
    for (const header of [pair, `a=1; ${pair}`, `${pair}; b=2`, `a=1;${pair};b=2`, `a=gatehouse.session; ${pair}`]) {
      expect(readSessionCookie(header)).toBe(hashSessionToken(token));
    }
  });

  test("is signed as Better Auth signs", () => {
    expect(signSessionToken(token, sessionCookie.get())).toBe(signed());
  });

  test("is no cookie of a longer name, nor a value within another cookie", () => {
    for (const header of [
      `xgatehouse.session=${signed()}`,
      `__Host-gatehouse.session=${signed()}`,
      `a="gatehouse.session=${signed()}"`,
      `a=1 gatehouse.session=${signed()}`,
      `gatehouse.session2=${signed()}`,
    ]) {
      expect(readSessionCookie(header)).toBeNull();
    }
  });

  test("is refused when forged, altered, truncated, oversized or malformed", () => {
    const good = decodeURIComponent(signed());
    for (const value of [
      signed(token, "another secret, as long as the first one, or longer"),
      signed().replace("j", "k"),
      signed().slice(0, -4),
      encodeURIComponent(good.slice(0, -1)),
      encodeURIComponent(good.replace(".", "")),
      encodeURIComponent(`.${good.split(".")[1]}`),
      token,
      "",
      ".",
      "%",
      "%E0%A4%A",
      "x".repeat(10_000),
      encodeURIComponent(`${token}.${"=".repeat(44)}`),
      encodeURIComponent(`${token}.${"\u00e9".repeat(44)}`),
    ]) {
      expect(readSessionCookie(`gatehouse.session=${value}`)).toBeNull();
    }
    for (const header of [null, undefined, "", ";", "=", "gatehouse.session", "gatehouse.session="]) {
      expect(readSessionCookie(header)).toBeNull();
    }
  });

  test("is refused with another signature after it has been accepted with its own", () => {
    const forged = signed(token, "another secret, as long as the first one, or longer");
    expect(readSessionCookie(`gatehouse.session=${signed()}`)).toBe(hashSessionToken(token));
    expect(readSessionCookie(`gatehouse.session=${forged}`)).toBeNull();
    expect(readSessionCookie(`gatehouse.session=${signed()}`)).toBe(hashSessionToken(token));
  });

  test("counts by its first value, so that an added second one changes nothing", () => {
    expect(readSessionCookie(`gatehouse.session=junk; gatehouse.session=${signed()}`)).toBeNull();
    expect(readSessionCookie(`gatehouse.session=${signed()}; gatehouse.session=junk`)).toBe(hashSessionToken(token));
  });
});
