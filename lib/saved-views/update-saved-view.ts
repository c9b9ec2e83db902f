import { isDeepStrictEqual } from "node:util";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { assertRoom } from "./assert-room";
import { lockSavedView } from "./lock-saved-view";
import { update } from "./repository";
import { savedView, updateSavedViewInput } from "./schemas";
import { toSavedView } from "./to-saved-view";

/** Renames one's own view, replaces its filters, shares it or keeps it to oneself. */
export const updateSavedView = defineCommand({
  name: "updateSavedView",
  summary: "Change a saved view",
  scope: "either",
  permission: "sessions.read",
  readPermission: "sessions.read",
  audit: "saved-view.update",
  input: updateSavedViewInput,
  output: savedView,
  run: async ({ ctx, tx }, { viewId, ...wanted }) => {
    const row = await lockSavedView(tx, ctx, viewId);
    const before = toSavedView(row, ctx);
    if (!before.own) throw new AppError("FORBIDDEN", "Only whoever saved a view changes it. Save one of your own.");
    const after = {
      name: wanted.name ?? before.name,
      query: wanted.query ?? before.query,
      shared: wanted.shared ?? before.shared,
    };
    const changes = Object.fromEntries(
      (["name", "query", "shared"] as const)
        .filter((field) => !isDeepStrictEqual(before[field], after[field]))
        .map((field) => [field, { before: before[field], after: after[field] }]),
    );
    if (Object.keys(changes).length === 0) return { result: before, event: null };
    await assertRoom({ tx, ctx }, { list: before.list, ...after, before: row });
    await update(tx, row.id, after);
    return {
      result: toSavedView(await lockSavedView(tx, ctx, viewId), ctx),
      event: {
        target: { type: "saved-view", id: row.id, name: after.name },
        changes,
        details: { list: before.list, shared: after.shared },
      },
    };
  },
});
