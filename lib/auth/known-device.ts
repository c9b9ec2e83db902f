import { createHmac, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import { findCookie, sessionCookie } from "./session-cookie";

/** A browser that has proved that it signed in as a user before. */
export type KnownDevice = {
  /** Which browser; chosen at random, and of no use without its proofs. */
  deviceId: string;
  /** When it last signed in as this user. */
  provedAt: Date;
};

/** What the cookie says before any of it is believed: which browser, and its proofs, the newest first. */
type DeviceClaims = { deviceId: string; proofs: string[] };

/** Seconds for which a proof counts; no browser keeps a cookie for much longer (RFC 6265bis, 400 days). */
export const knownDeviceSeconds = 365 * 24 * 3600;

/** People whose sign-ins one browser remembers: a family's or a shift's; the one who was here longest ago is forgotten. */
const proofsMax = 8;

/** Sixteen bytes (128 bits) of the SHA-256 code are kept: RFC 2104 asks for at least half of the output. */
const codeBytes = 16;

/**
 * Whether a `Cookie` header proves that this browser has signed in as the user before, and when it last did; null for a
 * cookie that is forged, somebody else's, past its year, or not there. Takes no I/O. What its user has disowned since is
 * not known here: `gatehouse.note_sign_in` knows.
 */
export function readKnownDevice(cookieHeader: string | null | undefined, userId: string): KnownDevice | null {
  const claims = readClaims(cookieHeader);
  if (!claims) return null;
  for (const proof of claims.proofs) {
    const at = timeOf(proof);
    if (at === null || !isRight(proof, sign({ deviceId: claims.deviceId, userId, at }))) continue;
    const isPast = Date.now() - at > knownDeviceSeconds * 1000;
    return isPast ? null : { deviceId: claims.deviceId, provedAt: new Date(at) };
  }
  return null;
}

/** A cookie with a fresh proof for a user. */
export type DeviceCookie = {
  deviceId: string;
  /** The `Set-Cookie` header. */
  setCookie: string;
};

/** The cookie for a browser that has just signed in as the user; it goes on proving what it proved for others. */
export function knownDeviceCookie(cookieHeader: string | null | undefined, userId: string): DeviceCookie {
  const claims = readClaims(cookieHeader) ?? { deviceId: randomBytes(12).toString("base64url"), proofs: [] };
  const { deviceId } = claims;
  const own = (proof: string) => {
    const at = timeOf(proof);
    return at !== null && isRight(proof, sign({ deviceId, userId, at }));
  };
  const others = claims.proofs.filter((proof) => !own(proof));
  const proofs = [sign({ deviceId, userId, at: Date.now() }), ...others].slice(0, proofsMax);
  const name = deviceCookieName();
  const parts = [`${name}=${[deviceId, ...proofs].join(".")}`, `Max-Age=${knownDeviceSeconds}`, "Path=/", "HttpOnly"];
  if (name.startsWith("__Host-")) parts.push("Secure");
  return { deviceId, setCookie: [...parts, "SameSite=Lax"].join("; ") };
}

// As the session's cookie: with the prefix on https, which browsers refuse on http.
function deviceCookieName(): string {
  return sessionCookie.get().name.startsWith("__Host-") ? "__Host-gatehouse.device" : "gatehouse.device";
}

const deviceIdForm = /^[\w-]{16}$/;
const proofForm = /^([0-9a-z]{1,9})~[\w-]{22}$/;

function readClaims(cookieHeader: string | null | undefined): DeviceClaims | null {
  const value = cookieHeader ? findCookie(cookieHeader, deviceCookieName()) : null;
  const [deviceId = "", ...proofs] = value?.split(".") ?? [];
  if (!deviceIdForm.test(deviceId)) return null;
  return { deviceId, proofs: proofs.filter((proof) => proofForm.test(proof)).slice(0, proofsMax) };
}

/** When a proof says it was made, in milliseconds since the epoch. */
function timeOf(proof: string): number | null {
  const digits = proofForm.exec(proof)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 36);
}

// The user is in the code and not beside it: the cookie tells nobody who has been here.
function sign({ deviceId, userId, at }: { deviceId: string; userId: string; at: number }): string {
  const code = createHmac("sha256", deviceKey()).update(`${deviceId}\0${userId}\0${at}`).digest();
  return `${at.toString(36)}~${code.subarray(0, codeBytes).toString("base64url")}`;
}

function isRight(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

const derived = new WeakMap<KeyObject, Buffer>();

// Derived from the installation's secret under a label of its own (RFC 5869), so that no session's signature is a proof.
function deviceKey(): Buffer {
  const { key } = sessionCookie.get();
  const known = derived.get(key);
  if (known) return known;
  const made = Buffer.from(hkdfSync("sha256", key, "", "gatehouse known device v1", 32));
  derived.set(key, made);
  return made;
}
