import { BlockList, isIP } from "node:net";
import { z } from "zod";

// Parsers of single values. Each error message is the mend: the sentence that tells the operator what to write.

const inRange = (text: string, max: number) => /^\d{1,5}$/.test(text) && Number(text) <= max;

/** A TCP port; 0 lets the system choose one. */
export const port = z
  .string()
  .refine((text) => inRange(text, 65_535), "set it to a port number from 0 to 65535")
  .transform(Number);

/** A host name or address to listen on. */
export const host = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text),
    "set it to an address such as 127.0.0.1 or 0.0.0.0, or to a host name",
  );

/** The parsed URL, or null where the text is none. */
export function toUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** An absolute URL with one of the schemes. */
export function urlOf(schemes: readonly string[], example: string) {
  return z
    .string()
    .refine((text) => schemes.includes(toUrl(text)?.protocol ?? ""), `set it to a URL such as ${example}`);
}

/** A Postgres connection URL that names a host and a database. */
export const postgresUrl = urlOf(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/gatehouse").refine(
  (text) => (toUrl(text)?.pathname.length ?? 0) > 1,
  "name the database at the end of the URL, as in postgresql://user:password@host:5432/gatehouse",
);

const clusterNode =
  /^(?:[^@/]*@)?(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}(?:,(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5})*\/?$/i;

function isRedisUrl(text: string): boolean {
  if (text.startsWith("redis+cluster://")) return clusterNode.test(text.slice("redis+cluster://".length));
  return ["redis:", "rediss:"].includes(toUrl(text)?.protocol ?? "") && Boolean(toUrl(text)?.hostname);
}

/** One Redis (`redis://`, `rediss://`), or the seed nodes of a cluster (`redis+cluster://host:port,host:port`). */
export const redisUrl = z
  .string()
  .refine(isRedisUrl, "set it to redis://host:6379, rediss://host:6379 or redis+cluster://host:port,host:port");

/** A public origin: scheme, host and port, nothing behind. Normalised by the URL standard. */
export const origin = urlOf(["http:", "https:"], "https://id.example.com")
  .refine((text) => {
    const url = toUrl(text);
    return url !== null && url.pathname === "/" && !url.search && !url.hash && !url.username;
  }, "set it to an origin without path, query or user, such as https://id.example.com")
  .transform((text) => new URL(text).origin);

function isCidr(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || inRange(prefix, family === 6 ? 128 : 32);
}

function assertUsable(cidrs: string[]): boolean {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix] = cidr.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  }
  return true;
}

/** A list of addresses and CIDRs, separated by commas or blanks. */
export const cidrList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine(
    (cidrs) => cidrs.every(isCidr) && assertUsable(cidrs),
    "set it to CIDRs separated by commas, such as 10.0.0.0/8,fd00::/8",
  );

// 32 characters of one letter are long but guessable: random text of that length has at least a dozen different ones
// (16 of hexadecimal, 23 of base64, both at a chance of error far below one in a million).
const distinctCharactersMin = 10;

/** A signing secret: at least 32 characters that look random. */
export const secret = z
  .string()
  .refine(
    (text) => text.length >= 32 && new Set(text).size >= distinctCharactersMin,
    "set it to at least 32 random characters, for instance from `openssl rand -base64 32`",
  );
