import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { lockSavedView } from "./lock-saved-view";
import { remove } from "./repository";
import { savedViewIdInput } from "./schemas";
import { toSavedView } from "./to-saved-view";

/** Deletes one's own view, or one that somebody else shares, for which it takes the right to change settings. */
export const deleteSavedView = defineCommand({
  name: "deleteSavedView",
  summary: "Delete a saved view",
  scope: "either",
  permission: "sessions.read",
  readPermission: "sessions.read",
  audit: "saved-view.delete",
  input: savedViewIdInput,
  output: z.null(),
  run: async ({ ctx, tx }, { viewId }) => {
    const view = toSavedView(await lockSavedView(tx, ctx, viewId), ctx);
    if (!view.own && !ctx.grants.permissions.has("settings.update")) {
      throw new AppError("FORBIDDEN", "Somebody else shares this view. Ask them, or whoever changes settings here.");
    }
    await remove(tx, view.id);
    return {
      result: null,
      event: {
        target: { type: "saved-view", id: view.id, name: view.name },
        changes: { name: { before: view.name, after: null } },
        details: { list: view.list, shared: view.shared },
      },
    };
  },
});
