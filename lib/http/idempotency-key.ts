import { AppError } from "@/lib/errors/app-error";

/** Characters of a key: enough for any generated one. */
const keyMax = 200;

/**
 * The `Idempotency-Key` of a request (IETF draft-ietf-httpapi-idempotency-key-header), as it was sent; undefined without
 * one. Throws `INVALID_INPUT` for an empty one, a longer one than 200 characters, or one beyond printable ASCII.
 */
export function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (key.length <= keyMax && /^[\x20-\x7e]+$/.test(key)) return key;
  const message = `Between 1 and ${keyMax} printable ASCII characters.`;
  throw new AppError("INVALID_INPUT", "The Idempotency-Key header is not acceptable.", {
    errors: [{ path: "Idempotency-Key", message }],
  });
}
