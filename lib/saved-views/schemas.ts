import { z } from "zod";
import { lineInput } from "@/lib/operations/list-input";
import { sessionSorts, sessionStatuses } from "@/lib/sessions/schemas";
import { refuseContradictions, sessionFilterFields } from "@/lib/sessions/session-filter";

/** The lists of which views can be saved. */
export const savedLists = ["sessions"] as const;

/** What a view of the sessions list keeps: its filter, status and order. */
const sessionsQuery = z
  .strictObject({
    ...sessionFilterFields,
    status: z.enum(sessionStatuses).optional(),
    sort: z.enum(sessionSorts).optional(),
  })
  .superRefine(refuseContradictions);

const id = z.string().min(1).max(200);
const name = lineInput(80);
const time = z.iso.datetime();

/** A view as lists show one. */
export const savedView = z.object({
  id: z.string(),
  list: z.enum(savedLists),
  name: z.string(),
  query: z.record(z.string(), z.unknown()).describe("The fields of the list's query, as they were saved."),
  shared: z.boolean().describe("Whether everybody who may read the list in this scope sees it."),
  own: z.boolean().describe("Whether the caller saved it."),
  owner: z.object({ id: z.string(), name: z.string().nullable() }),
  createdAt: time,
  updatedAt: time,
});

/** A view as lists show one. */
export type SavedView = z.output<typeof savedView>;

/** The list whose views are asked for. */
export const listSavedViewsInput = z.strictObject({ list: z.enum(savedLists) });

/** A new view. */
export const createSavedViewInput = z.strictObject({
  list: z.enum(savedLists),
  name,
  query: sessionsQuery,
  shared: z.boolean().default(false),
});

/** What changes of a view. */
export const updateSavedViewInput = z.strictObject({
  viewId: id,
  name: name.optional(),
  query: sessionsQuery.optional(),
  shared: z.boolean().optional(),
});

/** Names one view. */
export const savedViewIdInput = z.strictObject({ viewId: id });
