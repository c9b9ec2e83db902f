import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { z } from "zod";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import type { Query } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import type { ActionResult } from "@/lib/ui/action-result";
import { toProblemDigest } from "@/lib/ui/problem-digest";
import { assertStorableText } from "./assert-storable-text";
import { consoleContext } from "./console-context";
import { toProblem } from "./problem";
import { coerceQuery, type QueryFields } from "./query-input";
import { signInPath } from "./sign-in-path";

/** Where a page's input comes from: the parameters of its path, its query, and what the page adds itself. */
export type PageInput = {
  params?: Promise<Record<string, string | string[] | undefined>>;
  searchParams?: Promise<QueryFields>;
  /** Fields that the page has read from the URL by parsers of its own; they win over the query. */
  input?: Record<string, unknown>;
};

/**
 * The answer of a query for a page. Signed out: to the sign-in and back again; not found: the page's 404. Any other
 * failure throws with a digest that `readProblemDigest` reads in `error.tsx`.
 */
export async function pageQuery<Input extends z.ZodType, Output extends z.ZodType>(
  query: Query<Input, Output>,
  source: PageInput = {},
): Promise<z.output<Output>> {
  const result = await pageResult(query, source);
  if (result.ok) return result.data;
  const { code, title, requestId = "" } = result.problem;
  throw Object.assign(new Error(title), { digest: toProblemDigest(code, requestId) });
}

/** As `pageQuery`, for pages that show a failure in place, such as a list below its toolbar: the answer or the problem. */
export async function pageResult<Input extends z.ZodType, Output extends z.ZodType>(
  query: Query<Input, Output>,
  source: PageInput = {},
): Promise<ActionResult<z.output<Output>>> {
  try {
    const { tenantSlug, ...params } = (await source.params) ?? {};
    const ctx = await consoleContext(typeof tenantSlug === "string" ? tenantSlug : undefined);
    const fields = coerceQuery(query.input, (await source.searchParams) ?? {});
    const input = { ...fields, ...source.input, ...params };
    assertStorableText(input);
    return { ok: true, data: await runOperation(query, ctx, input) };
  } catch (error) {
    return { ok: false, problem: await explain(error) };
  }
}

async function explain(error: unknown) {
  const received = await headers();
  if (isAppError(error) && error.code === "UNAUTHENTICATED") redirect(signInPath(received));
  if (isAppError(error) && error.code === "NOT_FOUND") notFound();
  const requestId = received.get(requestIdHeader) ?? newId();
  if (!isAppError(error)) logger.get().error({ requestId, err: error }, "page query failed");
  return toProblem(error, requestId);
}
