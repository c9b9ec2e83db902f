const prefix = "gatehouse";

/** What Next hands to `error.tsx` in place of a message: the error's code and the request id, and nothing else. */
export function toProblemDigest(code: string, requestId: string): string {
  return `${prefix}:${code}:${requestId}`;
}

/** The code and the request id of an error that reached `error.tsx`; undefined for one that is not ours. */
export function readProblemDigest(digest: string | undefined): { code: string; requestId: string } | undefined {
  const [mark, code, requestId] = digest?.split(":") ?? [];
  return mark === prefix && code && requestId ? { code, requestId } : undefined;
}
