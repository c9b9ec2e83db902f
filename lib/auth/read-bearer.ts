/** The credentials of an `Authorization: Bearer …` header (RFC 6750), however malformed; null without such a header. */
export function readBearer(authorization: string | null): string | null {
  const match = authorization === null ? null : /^bearer(?:\s+(.*))?$/i.exec(authorization.trim());
  return match ? (match[1] ?? "").trim() : null;
}
