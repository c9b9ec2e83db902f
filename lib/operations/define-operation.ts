import type { z } from "zod";
import type { AuditAction, AuditEntryOf } from "@/lib/audit/audit-events";
import type { Permission } from "@/lib/authorization/permissions";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { JobPayloads } from "@/lib/jobs/job-catalogue";
import type { RequestContext } from "./request-context";

/** Where an operation exists: `either` is the same operation for one tenant and for the whole installation. */
export type OperationScope = "platform" | "tenant" | "either" | "self" | "none";

/** Completes the answer after the commit. */
export type AfterCommitStep<Result> = { run(result: Result): Promise<Result> }["run"];

/** What `run` may use. */
export type OperationTools<Result> = {
  ctx: RequestContext;
  tx: ScopedTx;
  /** Runs after the audit events are written and before the commit; throwing rolls everything back. */
  beforeCommit: (step: () => Promise<void>) => void;
  /** Runs after the commit, in order, awaited; returns the completed answer. A failure is logged and undoes nothing. */
  afterCommit(step: AfterCommitStep<Result>): void;
  /** Queues a job that exists if and only if this transaction commits. */
  enqueue: <Task extends keyof JobPayloads>(task: Task, payload: JobPayloads[Task]) => Promise<void>;
};

type OperationBase<Input extends z.ZodType, Output extends z.ZodType> = {
  /** The exported name, used in logs, metrics, OpenAPI and tests. */
  name: string;
  summary: string;
  scope: OperationScope;
  /** What the caller must hold; null only where `scope` is `self` or `none`. */
  permission: Permission | null;
  /** Strict objects: unknown fields are refused. */
  input: Input;
  /** Whatever it does not declare is stripped from the answer. */
  output: Output;
  /** Asks for a proof of identity no older than the policy says (five minutes at most); refused to whoever acts as somebody else. */
  stepUp?: boolean;
  /** How long its transaction may last, for the few that touch a whole table: seconds; 10 where it is left out. */
  transactionSeconds?: number;
  /** The one command on the caller's own account that is for whoever acts as somebody else. */
  endsImpersonation?: boolean;
};

/** What an event says beyond its action, which the operation fixes. */
type EventOf<Action extends AuditAction> = Omit<AuditEntryOf<Action>, "action" | "outcome">;

// Methods rather than function properties: they compare bivariantly, so that an operation of one shape is an `Operation`.
type QueryOf<Input extends z.ZodType, Output extends z.ZodType, Action extends AuditAction> = OperationBase<
  Input,
  Output
> & {
  kind: "query";
  /** The event that this reading itself leaves. */
  audit?: { action: Action; event(input: z.output<Input>, ctx: RequestContext): EventOf<Action> };
  run(tools: OperationTools<z.input<Output>>, input: z.output<Input>): Promise<z.input<Output>>;
};

type CommandOf<Input extends z.ZodType, Output extends z.ZodType, Action extends AuditAction> = OperationBase<
  Input,
  Output
> & {
  kind: "command";
  audit: Action;
  /** What reading the target takes; a caller without it gets the 404 of a missing thing instead of a 403. */
  readPermission: Permission | null;
  /** `event` is null only where nothing changed. */
  run(
    tools: OperationTools<z.input<Output>>,
    input: z.output<Input>,
  ): Promise<{ result: z.input<Output>; event: EventOf<Action> | null }>;
};

/** Reads, changes nothing; with `audit`, leaves an event all the same (reading the log is itself recorded). */
export type Query<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = QueryOf<
  Input,
  Output,
  AuditAction
>;

/** Changes something and says what, in an event that commits with the change. */
export type Command<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = CommandOf<
  Input,
  Output,
  AuditAction
>;

/** Any operation. */
export type Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> =
  | Query<Input, Output>
  | Command<Input, Output>;

/** Declares an operation that changes nothing. */
export function defineQuery<Input extends z.ZodType, Output extends z.ZodType, Action extends AuditAction>(
  query: Omit<QueryOf<Input, Output, Action>, "kind">,
): Query<Input, Output> {
  return { kind: "query", ...query };
}

/** Declares an operation that changes something. It does not compile without a permission and an audit event. */
export function defineCommand<Input extends z.ZodType, Output extends z.ZodType, Action extends AuditAction>(
  command: Omit<CommandOf<Input, Output, Action>, "kind">,
): Command<Input, Output> {
  return { kind: "command", ...command };
}
