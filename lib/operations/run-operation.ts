import type { z } from "zod";
import type { AuditEntry } from "@/lib/audit/audit-events";
import { recordRefusal, writeAuditEvents } from "@/lib/audit/write-audit-events";
import { type DatabaseScope, type ScopedTx, withScope } from "@/lib/db/scoped-transaction";
import { AppError, type FieldError, isAppError } from "@/lib/errors/app-error";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { logger } from "@/lib/observability/logger";
import { throttle } from "@/lib/rate-limits/throttle";
import { assertAllowed } from "./assert-allowed";
import type { AfterCommitStep, Operation, OperationTools } from "./define-operation";
import { reportOperation } from "./report-operation";
import type { RequestContext } from "./request-context";

/**
 * Runs an operation for a caller: throttle, allow, parse, then one scoped transaction in which the change and its audit
 * event commit together. The only code that opens a database scope for an operation. Throws `AppError`.
 */
export async function runOperation<Input extends z.ZodType, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  ctx: RequestContext,
  rawInput: unknown,
): Promise<z.output<Output>>;
export async function runOperation(operation: Operation, ctx: RequestContext, rawInput: unknown): Promise<unknown> {
  const startedAt = performance.now();
  try {
    if (operation.scope !== "none") await throttle(operation.name, ctx);
    await assertAllowed(operation, ctx);
    const input = parseInput(operation, rawInput);
    const run = operation.scope === "none" ? runOutsideScopes : runInScope;
    const answer = operation.output.parse(await run(operation, ctx, input));
    reportOperation(operation, ctx, { startedAt });
    return answer;
  } catch (error) {
    reportOperation(operation, ctx, { startedAt, error });
    throw error;
  }
}

function parseInput(operation: Operation, rawInput: unknown): unknown {
  const parsed = operation.input.safeParse(rawInput);
  if (parsed.success) return parsed.data;
  throw new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: parsed.error.issues.flatMap(toFieldErrors).slice(0, fieldErrorsMax),
  });
}

/** Refused fields that an answer names. */
const fieldErrorsMax = 50;

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path.join("."), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "There is no such field." }));
}

// The session check and its kin: no database scope, hence no transaction to hand over and nothing to commit.
async function runOutsideScopes(operation: Operation, ctx: RequestContext, input: unknown): Promise<unknown> {
  const refuse = (): never => {
    throw new Error(`${operation.name} has scope "none": it has no transaction.`);
  };
  if (operation.kind === "command") return refuse();
  const tools = {
    ctx,
    beforeCommit: refuse,
    afterCommit: refuse,
    enqueue: refuse,
    get tx(): ScopedTx {
      return refuse();
    },
  };
  return operation.run(tools, input);
}

async function runInScope(operation: Operation, ctx: RequestContext, input: unknown): Promise<unknown> {
  const afterCommit: AfterCommitStep<unknown>[] = [];
  try {
    const answer = await withScope(
      toDatabaseScope(ctx),
      (tx) => runAndRecord(operation, { ctx, tx, input, afterCommit }),
      { seconds: operation.transactionSeconds },
    );
    return await completeAnswer({ operation, ctx, afterCommit }, answer);
  } catch (error) {
    if (operation.kind === "command" && !isUnavailable(error)) {
      const code = isAppError(error) ? error.code : "INTERNAL";
      const isDenied = code === "FORBIDDEN" || code === "STEP_UP_REQUIRED";
      await recordRefusal(ctx, { action: operation.audit, outcome: isDenied ? "denied" : "failure", code });
    }
    throw error;
  }
}

type Run = { ctx: RequestContext; tx: ScopedTx; input: unknown; afterCommit: AfterCommitStep<unknown>[] };

async function runAndRecord(operation: Operation, { ctx, tx, input, afterCommit }: Run): Promise<unknown> {
  const beforeCommit: (() => Promise<void>)[] = [];
  const tools: OperationTools<unknown> = {
    ctx,
    tx,
    beforeCommit: (step) => beforeCommit.push(step),
    afterCommit: (step) => {
      afterCommit.push(step);
    },
    enqueue: (task, payload) => enqueueJob(tx, task, payload),
  };
  const { result, entry } = await runAndDescribe(operation, tools, input);
  if (entry) await writeAuditEvents(tx, ctx, [entry]);
  for (const step of beforeCommit) await step();
  return result;
}

async function runAndDescribe(
  operation: Operation,
  tools: OperationTools<unknown>,
  input: unknown,
): Promise<{ result: unknown; entry: AuditEntry | null }> {
  if (operation.kind === "command") {
    const { result, event } = await operation.run(tools, input);
    return { result, entry: event && toEntry(operation.audit, event) };
  }
  const result = await operation.run(tools, input);
  const { audit } = operation;
  return { result, entry: audit ? toEntry(audit.action, audit.event(input, tools.ctx)) : null };
}

type Committed = { operation: Operation; ctx: RequestContext; afterCommit: AfterCommitStep<unknown>[] };

// The change is committed and stays so: a step that fails is logged, and the job queued with the change finishes it.
async function completeAnswer({ operation, ctx, afterCommit }: Committed, answer: unknown): Promise<unknown> {
  let completed = answer;
  for (const step of afterCommit) {
    try {
      completed = await step(completed);
    } catch (error) {
      const line = { operation: operation.name, requestId: ctx.requestId, err: error };
      logger.get().error(line, "a step after the commit failed");
    }
  }
  return completed;
}

function toDatabaseScope(ctx: RequestContext): DatabaseScope {
  if (ctx.scope.kind === "tenant") return { kind: "tenant", tenantId: ctx.scope.tenantId };
  if (ctx.scope.kind === "platform") return { kind: "platform" };
  throw new Error("A caller without a scope cannot run an operation that needs one.");
}

// The pairing of an action with its own details was checked where the operation was declared; here it is any of them.
function toEntry(action: AuditEntry["action"], rest: object): AuditEntry {
  return { action, ...rest } as AuditEntry;
}

function isUnavailable(error: unknown): boolean {
  return isAppError(error) && error.code === "UNAVAILABLE";
}
