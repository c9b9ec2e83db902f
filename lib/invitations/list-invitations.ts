import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { findPage } from "./repository";
import { invitation, listInvitationsInput } from "./schemas";
import { toInvitation } from "./to-invitation";

const position = z.strictObject({ createdAt: z.string(), id: z.uuid() });

/** One page of the tenant's invitations, newest first. */
export const listInvitations = defineQuery({
  name: "listInvitations",
  summary: "List and search invitations",
  scope: "tenant",
  permission: "invitations.read",
  input: listInvitationsInput,
  output: pageOutput(invitation),
  run: async ({ ctx, tx }, { limit, cursor, status, search: typed = "" }) => {
    const { tenantId } = tenantScopeOf(ctx);
    const search = typed.trim();
    const binding = { name: "listInvitations", scope: ctx.scope, filters: { status, search }, sort: "-createdAt" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const rows = await findPage(tx, { tenantId, status, search, after, limit: limit + 1 });
    const data = rows.slice(0, limit).map((row) => toInvitation(row));
    const last = rows.length > limit ? data.at(-1) : undefined;
    return {
      data,
      nextCursor: last ? encodeCursor(binding, { createdAt: last.createdAt, id: last.id }) : null,
    };
  },
});
