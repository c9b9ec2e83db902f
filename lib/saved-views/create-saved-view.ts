import { newId } from "@/lib/db/new-id";
import { defineCommand } from "@/lib/operations/define-operation";
import { assertRoom } from "./assert-room";
import { lockSavedView } from "./lock-saved-view";
import { insert } from "./repository";
import { createSavedViewInput, savedView } from "./schemas";
import { toSavedView } from "./to-saved-view";
import { ownerIdOf } from "./view-reader";

/** Saves the filters of a list under a name, for oneself or for everybody who may read the list in this scope. */
export const createSavedView = defineCommand({
  name: "createSavedView",
  summary: "Save a view of a list",
  scope: "either",
  permission: "sessions.read",
  readPermission: "sessions.read",
  audit: "saved-view.create",
  input: createSavedViewInput,
  output: savedView,
  run: async ({ ctx, tx }, { list, name, query, shared }) => {
    await assertRoom({ tx, ctx }, { list, name, shared, before: null });
    const id = newId();
    await insert(tx, { id, ownerId: ownerIdOf(ctx), list, name, query, shared });
    return {
      result: toSavedView(await lockSavedView(tx, ctx, id), ctx),
      event: { target: { type: "saved-view", id, name }, details: { list, shared } },
    };
  },
});
