import { z } from "zod";
import { cursorInput, limitInput, reasonInput, timeInput } from "@/lib/operations/list-input";
import { actorReference } from "./schemas";
import { sessionFilter } from "./session-filter";

/** What a revocation is of: one session, named ones, all of a user, a tenant or the platform, or what a filter found. */
export const receiptKinds = ["session", "sessions", "user", "tenant", "platform", "filter"] as const;

/** Whether everything about a revocation is done: `pending` ones finish by themselves. */
export const receiptStatuses = ["complete", "pending"] as const;

/** A preview's token: opaque, signed, of a few hundred characters. */
const previewTokenInput = z.string().min(1).max(1_000);

/** An id in a path or body. One that names nothing, or is no id at all, is answered as absent. */
const id = z.string().min(1).max(200);

const time = z.iso.datetime();
const count = z.number().int();

/** One ended session that was tried again through the real check, after the revocation. */
export const triedSession = z.object({
  sessionId: z.string(),
  user: z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() }),
  device: z.string().nullable(),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  ipAddress: z.string().nullable(),
  triedAt: time,
  accepted: z.boolean().describe("False is what is to be: the session was refused."),
});

/** One ended session that was tried again. */
export type TriedSession = z.output<typeof triedSession>;

/** The record of a revocation: what was ended, where, when, and for how long it might still have been accepted. */
export const receipt = z.object({
  id: z.string(),
  status: z.enum(receiptStatuses),
  kind: z.enum(receiptKinds),
  scope: z
    .object({ id: z.string(), slug: z.string(), name: z.string() })
    .nullable()
    .describe("The tenant it was requested in; null: the platform."),
  target: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  filter: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .nullable()
    .describe("Which sessions were meant, where a filter said so; an empty one is everything in the scope."),
  asOf: time.nullable().describe("The moment of the preview that a filter's revocation rests on."),
  includedNew: z.boolean().describe("Whether sessions that began after the preview were ended, too."),
  requestedAt: time,
  effectiveAt: time
    .nullable()
    .describe("From here on no instance accepts a covered session; may be some seconds ahead."),
  completedAt: time.nullable(),
  reason: z.string().nullable(),
  actor: actorReference,
  requestId: z.string(),
  matched: count.nullable(),
  ended: count.nullable(),
  users: count.nullable(),
  leftOut: z
    .object({ sessions: count, users: count })
    .describe("What matched and was not ended: one's own session, and those of people whom the actor may not act on."),
  progress: z.object({ done: count, total: count.nullable() }),
  stores: z.object({
    postgres: z.object({ status: z.literal("committed"), at: time }),
    redis: z.object({ status: z.enum(["fenced", "pending"]), at: time.nullable() }),
  }),
  worstCaseSeconds: count,
  verified: z.object({ checked: count, stillAccepted: count }),
  sample: z.array(triedSession).max(20).describe("The ended sessions that were tried again, and what came of it."),
});

/** The record of a revocation. */
export type Receipt = z.output<typeof receipt>;

/** Ends one session. */
export const revokeSessionInput = z.strictObject({ sessionId: id, reason: reasonInput.optional() });

/** Ends every session of one user. */
export const revokeUserSessionsInput = z.strictObject({ userId: id, reason: reasonInput.optional() });

/** Ends the named sessions, every session of one user, or what a previewed filter finds. */
export const revokeSessionsInput = z
  .strictObject({
    sessionIds: z
      .array(id)
      .min(1)
      .max(500)
      .optional()
      .describe("At most 500; those that have ended already are passed over."),
    userId: id.optional(),
    filter: sessionFilter.optional().describe("The filter of the preview; an empty one is everything in the scope."),
    previewToken: previewTokenInput.optional().describe("The preview's token: it goes with the filter."),
    includeNew: z.boolean().optional().describe("Whether to end sessions that began after the preview, too."),
    includeOwn: z.boolean().optional().describe("Whether to end one's own session, too."),
    reason: reasonInput,
  })
  .superRefine((input, context) => {
    const refuse = (field: keyof typeof input, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    const named = [input.sessionIds, input.userId, input.filter].filter((way) => way !== undefined);
    if (named.length !== 1) refuse("sessionIds", "Name exactly one of sessionIds, userId and filter.");
    if (input.filter !== undefined && input.previewToken === undefined)
      refuse("previewToken", "Preview the filter first, and give its previewToken.");
    if (input.filter !== undefined) return;
    for (const field of ["previewToken", "includeNew", "includeOwn"] as const)
      if (input[field] !== undefined) refuse(field, "Goes with a filter only.");
  });

/** What is to end, parsed. */
export type RevokeSessionsInput = z.output<typeof revokeSessionsInput>;

/** The filters and the page of the receipts list. */
export const listReceiptsInput = z
  .strictObject({
    status: z.enum(receiptStatuses).optional(),
    kind: z.enum(receiptKinds).optional(),
    actor: id.optional().describe("The id of whoever requested it."),
    from: timeInput.optional().describe("Requested at this moment or later."),
    to: timeInput.optional().describe("Requested before this moment."),
    limit: limitInput,
    cursor: cursorInput,
  })
  .superRefine(({ from, to }, context) => {
    if (from && to && from >= to)
      context.addIssue({ code: "custom", path: ["to"], message: "Must be later than from." });
  });

/** The filters and the page of the receipts list, parsed. */
export type ListReceiptsInput = z.output<typeof listReceiptsInput>;

/** Names one receipt. */
export const receiptIdInput = z.strictObject({ receiptId: id });
