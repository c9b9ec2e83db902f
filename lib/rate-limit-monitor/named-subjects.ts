import { isIP } from "node:net";
import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { addressBlock } from "@/lib/rate-limits/address-block";
import { parseCallerOperation, toCallerOperation } from "@/lib/rate-limits/caller-operation";
import { subjectHash, toBlockId } from "@/lib/rate-limits/limit-keys";
import { type RuleDimension, ruleCatalogue, ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import { normalAddress } from "@/lib/users/normal-address";
import { findUsers } from "./names-repository";

/** Whom a text may name as a whole, as the limiter knows them. */
export type NamedSubject = { dimension: RuleDimension; subject: string };

/** Everybody whom a text may name as a whole: an e-mail address, a network address or an id; none for any other text. */
export async function findNamedSubjects(tx: ScopedTx, text: string): Promise<NamedSubject[]> {
  const block = toAddressBlock(text);
  if (block !== null) return [{ dimension: "address", subject: block }];
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return [{ dimension: "account", subject: normalAddress(text) }];
  const combined = parseCallerOperation(text);
  if (combined && isCaller(combined.caller)) {
    const subject = toCallerOperation(combined.caller.toLowerCase(), combined.operation);
    return [{ dimension: "caller-operation", subject }];
  }
  if (isCaller(text)) return [{ dimension: "caller", subject: text.toLowerCase() }];
  if (!isId(text)) return [];
  const id = text.toLowerCase();
  const [user] = await findUsers(tx, [id]);
  return [
    ...(user ? [{ dimension: "account" as const, subject: user.email }] : []),
    { dimension: "tenant", subject: id },
    { dimension: "caller", subject: `session:${id}` },
    { dimension: "caller", subject: `api-key:${id}` },
  ];
}

function isCaller(text: string): boolean {
  return isId(/^(?:session|api-key):(.+)$/.exec(text)?.[1] ?? "");
}

/** The ids of all blocks that rules could have put on somebody. */
export function blockIdsOf({ dimension, subject }: NamedSubject): string[] {
  const hash = subjectHash(dimension, subject);
  return ruleKeys.filter((rule) => ruleCatalogue[rule].dimension === dimension).map((rule) => toBlockId(rule, hash));
}

/** The place on the network that a text names: an IPv4 address, or the /64 of an IPv6 one; null for what names none. */
export function toAddressBlock(text: string): string | null {
  const bare = text.trim().replace(/\/64$/, "");
  const family = isIP(bare);
  if (family === 4) return text.includes("/") ? null : bare;
  if (family !== 6 || bare.includes("%")) return null;
  // The URL standard's serialiser gives RFC 5952's spelling.
  const spelled = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(spelled);
  return mapped ? toDotted(mapped[1] ?? "", mapped[2] ?? "") : addressBlock(spelled);
}

function toDotted(high: string, low: string): string {
  const bits = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}
