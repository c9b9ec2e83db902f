import type { AuthResult } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

/** Messages by field; `form` is what belongs to none of them. */
export type FormProblems = Record<string, string | undefined>;

/**
 * What a refused form shows: each problem beside its field, the rest above the form. `fields` are the names that the
 * form has; a problem with another one is told above.
 */
export function toFormProblems(
  refusal: Extract<AuthResult<unknown>, { ok: false }>,
  fields: readonly string[],
): FormProblems {
  if (refusal.status === 429) return { form: messages.auth.tooMany(refusal.retryAfterSeconds) };
  const placed = refusal.errors.filter(({ path }) => fields.includes(path));
  if (placed.length === 0) return { form: refusal.detail };
  return Object.fromEntries(placed.map(({ path, message }) => [path, message]));
}

/** Whether a one-time link was the problem: used, replaced, too old, or cut off on its way. */
export const isLinkRefused = (refusal: Extract<AuthResult<unknown>, { ok: false }>): boolean =>
  refusal.errors.some(({ path }) => path === "token");
