import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findUsersPage } from "./find-users-page";
import { findByIds } from "./repository";
import { listUsersInput, user } from "./schemas";
import { toDatabaseKind } from "./to-database-kind";
import { toUser } from "./to-user";

const position = z.strictObject({ value: z.string(), id: z.uuid() });

/** One page of the users in the caller's scope. No count and no offset: any page costs what the first one does. */
export const listUsers = defineQuery({
  name: "listUsers",
  summary: "List and search users",
  scope: "either",
  permission: "users.read",
  input: listUsersInput,
  output: pageOutput(user),
  run: async ({ ctx, tx }, { limit, cursor, sort, search = "", ...filters }) => {
    const binding = { name: "listUsers", scope: ctx.scope, filters: { ...filters, search: search.trim() }, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    const page = await findUsersPage(tx, { search: search.trim(), filters, sort, after, limit, tenantId });
    const rows = await findByIds(tx, page.ids, toDatabaseKind(ctx));
    return {
      data: rows.map((row) => toUser(row)),
      nextCursor: page.next ? encodeCursor(binding, page.next) : null,
    };
  },
});
