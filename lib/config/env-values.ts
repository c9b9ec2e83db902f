import { isIP } from "node:net";
import { z } from "zod";
import { parseRedisUrl } from "./redis-url";

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

/** One Redis, the master that Sentinels name, or the seed nodes of a cluster; see `parseRedisUrl` for the forms. */
export const redisUrl = z
  .string()
  .refine(
    (text) => parseRedisUrl(text) !== null,
    "set it to redis://host:6379, rediss://host:6379, redis+sentinel://host:port,host:port/0?name=master or redis+cluster://host:port,host:port",
  );

/** A public origin: scheme, host and port, nothing behind. Normalised by the URL standard. */
export const origin = urlOf(["http:", "https:"], "https://id.example.com")
  .refine((text) => {
    const url = toUrl(text);
    return url !== null && url.pathname === "/" && !url.search && !url.hash && !url.username;
  }, "set it to an origin without path, query or user, such as https://id.example.com")
  .transform((text) => new URL(text).origin);

/** What is wrong with an entry of a list of addresses and CIDRs, as the sentence that mends it; null if nothing is. */
function faultOf(entry: string): string | null {
  const [address = "", prefix, ...rest] = entry.split("/");
  const family = isIP(address);
  if (family === 0)
    return `"${entry}" is no address: names are not looked up, so write what they stand for, such as 10.0.0.5`;
  if (address.includes("%")) return `"${entry}" names a network interface: write the address without it`;
  // Such a peer is known by its IPv4 address, and would never be found on the list.
  if (/^::ffff:/i.test(address)) return `"${entry}" is an IPv4 address in the clothes of IPv6: write it as IPv4`;
  if (rest.length > 0 || (prefix !== undefined && !inRange(prefix, family === 6 ? 128 : 32))) {
    return `"${entry}" has no prefix between /0 and /${family === 6 ? 128 : 32}`;
  }
  return null;
}

/** A list of addresses and CIDRs, separated by commas or blanks. */
export const cidrList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .superRefine((entries, { addIssue }) => {
    const fault = entries.map(faultOf).find((found) => found !== null);
    const mend = "set it to addresses and CIDRs separated by commas, such as 10.0.0.0/8,fd00::/8";
    if (fault) addIssue({ code: "custom", message: `${mend}; ${fault}` });
  });

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
