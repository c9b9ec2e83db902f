import "server-only";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import type { Operation } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import type { ActionResult } from "@/lib/ui/action-result";
import { assertSameOrigin } from "./assert-same-origin";
import { assertStorableText } from "./assert-storable-text";
import { consoleContext } from "./console-context";
import { brandEntryPoint } from "./entry-point-brand";
import { toProblem } from "./problem";

/**
 * The server action of an operation, in the platform's scope. Never throws: the browser gets the answer or the problem.
 * After a command, pages that the browser remembers are forgotten.
 */
export function serverAction<Input extends z.ZodType, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
): (rawInput: unknown) => Promise<ActionResult<z.output<Output>>> {
  return brandEntryPoint({ kind: "server-action", operation }, async (rawInput) => {
    const received = await headers();
    try {
      assertSameOrigin(received);
      assertStorableText(rawInput);
      const data = await runOperation(operation, await consoleContext(undefined), rawInput);
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
