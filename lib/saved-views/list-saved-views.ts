import { z } from "zod";
import { defineQuery } from "@/lib/operations/define-operation";
import { viewsMax } from "./assert-room";
import { findByList } from "./repository";
import { listSavedViewsInput, savedView } from "./schemas";
import { toSavedView } from "./to-saved-view";
import { toViewReader } from "./view-reader";

/** The views of a list that the caller saved in this scope, and those that others share there, by name. */
export const listSavedViews = defineQuery({
  name: "listSavedViews",
  summary: "List saved views",
  scope: "either",
  permission: "sessions.read",
  input: listSavedViewsInput,
  output: z.object({ data: z.array(savedView).describe("All of them: there are at most 150.") }),
  run: async ({ ctx, tx }, { list }) => {
    const rows = await findByList(tx, { ...toViewReader(ctx), list, limit: viewsMax.own + viewsMax.shared });
    return { data: rows.map((row) => toSavedView(row, ctx)) };
  },
});
