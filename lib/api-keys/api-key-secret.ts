import { createHash, randomBytes } from "node:crypto";

/** A key as its holder knows it, and what is kept of it. */
export type ApiKeySecret = { secret: string; prefix: string; hash: string };

/** Characters of a key that are kept for people to tell theirs apart: `gh_` and thirty bits of 256. */
const prefixCharacters = 8;

/** A new key: `gh_` and 32 random bytes in base64url. The mark lets scanners find keys that have leaked. */
export function newApiKeySecret(): ApiKeySecret {
  const secret = `gh_${randomBytes(32).toString("base64url")}`;
  return { secret, prefix: secret.slice(0, prefixCharacters), hash: hashApiKey(secret) };
}

/** Whether a text can be a key at all. One that cannot opens nothing, and is never looked for. */
export function isApiKey(text: string): boolean {
  return /^gh_[\w-]{43}$/.test(text);
}

/** The form in which a key is stored: SHA-256, hex. 256 random bits need no slow hash (NIST SP 800-63B-4 3.1.2.2). */
export function hashApiKey(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
