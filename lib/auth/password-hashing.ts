import { type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { hash, parseOptions, verify } from "@node-rs/argon2";
import { createBoundedQueue } from "./bounded-queue";

/** Argon2id, 19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet (2025). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Each hash takes 19 MiB and a core for some 20 ms. More at once would not be faster, only starve everything else.
const inTurn = createBoundedQueue({ running: 2, waiting: 50 });

/**
 * The argon2id hash of a password in PHC format. Throws `UNAVAILABLE` when too many wait for theirs.
 * `first` runs when it is this password's turn; what it throws, this throws.
 */
export function hashPassword(password: string, first?: () => Promise<void>): Promise<string> {
  return inTurn(async () => {
    await first?.();
    return hash(toBytes(password), parameters);
  });
}

type Verification = { password: string; passwordHash: string };

/** Whether a password is the one behind a hash, in our format or in Better Auth's older one (scrypt, `salt:key`). */
export function verifyPassword(
  { password, passwordHash }: Verification,
  first?: () => Promise<void>,
): Promise<boolean> {
  return inTurn(async () => {
    await first?.();
    if (passwordHash.startsWith("$argon2")) return verify(passwordHash, toBytes(password));
    return verifyScrypt(password, passwordHash);
  });
}

/** Whether a hash was made in another way than today's. */
export function isOutdatedHash(passwordHash: string): boolean {
  if (!passwordHash.startsWith("$argon2id$")) return true;
  const made = parseOptions(passwordHash);
  return (
    made.memoryCost !== parameters.memoryCost ||
    made.timeCost !== parameters.timeCost ||
    made.parallelism !== parameters.parallelism
  );
}

/** One spelling for every way of typing the same characters (NIST SP 800-63B-4 3.1.1.2). */
export function normalizePassword(password: string): string {
  return password.normalize("NFC");
}

function toBytes(password: string): Buffer {
  return Buffer.from(normalizePassword(password));
}

// Better Auth's own format: NFKC, the salt's hexadecimal text as it stands, N = 16384, r = 16, p = 1, 64 bytes.
async function verifyScrypt(password: string, passwordHash: string): Promise<boolean> {
  const [salt, key] = passwordHash.split(":");
  if (!salt || !key) return false;
  const expected = Buffer.from(key, "hex");
  const derived = await deriveScrypt(password.normalize("NFKC"), salt, 64);
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

function deriveScrypt(password: string, salt: string, length: number): Promise<Buffer> {
  const cost: ScryptOptions = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
