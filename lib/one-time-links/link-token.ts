import { createHash, randomBytes } from "node:crypto";
import type { Env } from "@/lib/config/env";

/** The token of a new link: 256 bits, in the link and nowhere else. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The form in which a link's token is stored: SHA-256, hex. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where a link leads: to a page of ours, on our own address, whatever the request said. */
export function linkUrl({ gatehouseUrl }: Pick<Env, "gatehouseUrl">, path: `/${string}`, token: string): string {
  return `${gatehouseUrl}${path}?token=${encodeURIComponent(token)}`;
}
