import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { runtimePart } from "@/lib/config/runtime";
import { AppError } from "@/lib/errors/app-error";

/** The key that signs cursors; the server, the CLI and tests set it from the secret with `deriveCursorKey`. */
export const cursorKey = runtimePart<Buffer>("cursor-key");

/** What a cursor belongs to. Presented to any other list, scope, filter or order, it is refused. */
export type CursorBinding = {
  /** The operation's name. */
  name: string;
  /** The caller's scope: a cursor of one tenant says nothing in another. */
  scope: { kind: string; tenantId?: string };
  /** The list's filters as they were parsed; `limit` and `cursor` may differ between pages and do not belong here. */
  filters: Record<string, unknown>;
  sort: string;
};

/** Where a page ended: the sort key of its last row and its id, times as RFC 3339 with the database's milliseconds. */
export type CursorPosition = Record<string, string>;

/** Sixteen bytes (128 bits) of the SHA-256 code are kept: RFC 2104 asks for at least half of the output. */
const codeBytes = 16;

/** The signing key of cursors, derived from the installation's secret by HKDF (RFC 5869) under its own label. */
export function deriveCursorKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "gatehouse cursor v1", 32));
}

/** An opaque, signed cursor. Its content is readable, not secret: only values of a row that the caller was shown. */
export function encodeCursor(binding: CursorBinding, position: CursorPosition): string {
  const payload = Buffer.from(JSON.stringify(position));
  return Buffer.concat([sign(binding, payload), payload]).toString("base64url");
}

/** The position in a cursor. Throws `INVALID_INPUT` for one that is foreign, altered or not a cursor at all. */
export function decodeCursor<Position extends z.ZodType>(
  binding: CursorBinding,
  cursor: string,
  position: Position,
): z.output<Position> {
  const bytes = Buffer.from(cursor, "base64url");
  const payload = bytes.subarray(codeBytes);
  const signed = bytes.length > codeBytes && timingSafeEqual(bytes.subarray(0, codeBytes), sign(binding, payload));
  const parsed = signed ? position.safeParse(JSON.parse(payload.toString())) : undefined;
  if (parsed?.success) return parsed.data;
  throw new AppError("INVALID_INPUT", "This page's cursor belongs to another list. Start again from the first page.", {
    errors: [{ path: "cursor", message: "Not a cursor of this list with these filters and this order." }],
  });
}

function sign(binding: CursorBinding, payload: Buffer): Buffer {
  const { name, scope, filters, sort } = binding;
  const owner = canonical([name, scope.kind, scope.tenantId ?? null, filters, sort]);
  return createHmac("sha256", cursorKey.get())
    .update(owner)
    .update("\0")
    .update(payload)
    .digest()
    .subarray(0, codeBytes);
}

// Equal filters must sign alike, whatever the order in which they were written; an absent one equals an undefined one.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
