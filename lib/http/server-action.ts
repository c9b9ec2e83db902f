import "server-only";
import { revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { takeIssuedCookie } from "@/lib/auth/issued-session";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { isAppError, notFound } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import type { Operation } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import type { ActionResult } from "@/lib/ui/action-result";
import { assertSameOrigin } from "./assert-same-origin";
import { assertStorableText } from "./assert-storable-text";
import { consoleContext } from "./console-context";
import { brandEntryPoint } from "./entry-point-brand";
import { toProblem } from "./problem";

/** An operation as the browser calls it: in the tenant with this slug, or on the platform where it is null. */
export type ScopedAction<Answer> = (tenantSlug: string | null, rawInput: unknown) => Promise<ActionResult<Answer>>;

/**
 * The server action of an operation. Screens bind its first argument to their own scope; a browser that sends another
 * gains nothing, because the caller's grants are loaded for whatever tenant is named. Never throws: the browser gets
 * the answer or the problem. After a command, pages that the browser remembers are forgotten.
 */
export function serverAction<Input extends z.ZodType, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
): ScopedAction<z.output<Output>> {
  return brandEntryPoint({ kind: "server-action", operation }, async (tenantSlug: unknown, rawInput: unknown) => {
    const received = await headers();
    try {
      assertSameOrigin(received);
      assertStorableText(tenantSlug);
      assertStorableText(rawInput);
      const ctx = await consoleContext(toSlug(tenantSlug));
      const data = await runOperation(operation, ctx, rawInput);
      const cookie = takeIssuedCookie(ctx);
      if (cookie) (await cookies()).set(cookie);
      if (operation.kind === "command") revalidatePath("/", "layout");
      return { ok: true, data };
    } catch (error) {
      unstable_rethrow(error);
      const requestId = received.get(requestIdHeader) ?? newId();
      if (!isAppError(error)) logger.get().error({ requestId, err: error }, "action failed");
      return { ok: false, problem: toProblem(error, requestId) };
    }
  });
}

// What comes from a browser may be anything, whatever the type says.
function toSlug(tenantSlug: unknown): string | undefined {
  if (tenantSlug === null) return undefined;
  if (typeof tenantSlug !== "string" || tenantSlug === "") throw notFound("tenant");
  return tenantSlug;
}
