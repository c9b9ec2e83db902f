import type { AppError } from "@/lib/errors/app-error";
import { linkRefused } from "@/lib/one-time-links/link-refused";
import { mailedLinkInput } from "@/lib/one-time-links/schemas";
import { defineCommand } from "@/lib/operations/define-operation";
import { endOwnSessions } from "@/lib/sessions/end-own-sessions";
import { redeem } from "./new-device-link-repository";
import { findHomeTenantId } from "./own-sessions-repository";
import { personOf } from "./person-of";
import { disownedSession } from "./schemas";

/**
 * Ends what an unknown browser has signed in, by the link in the mail about it. No proof of that browser counts any more.
 * Where everything has ended already, the link is used up all the same. Throws `INVALID_INPUT` for a link that is no good.
 */
export const disownSession = defineCommand({
  name: "disownSession",
  summary: "End a sign-in that was not the account's holder",
  scope: "self",
  permission: null,
  readPermission: null,
  audit: "session.disown",
  input: mailedLinkInput,
  output: disownedSession,
  run: async (tools, { tokenHash }) => {
    const user = personOf(tools.ctx);
    const link = await redeem(tools.tx, tokenHash);
    if (!link || link.userId !== user.id) throw disownLinkRefused();
    const ended = await endOwnSessions(tools, user, link.sessionIds);
    if (ended) {
      tools.afterCommit(async (result) => {
        await ended.finish();
        return result;
      });
    }
    const [about = ""] = link.sessionIds;
    return {
      result: { ended: ended?.receipt.matched ?? 0 },
      event: {
        target: { type: "session", id: about, name: null },
        tenantId: await findHomeTenantId(tools.tx, user.id),
        details: { userId: user.id, receiptId: ended?.receipt.id ?? null, matched: ended?.receipt.matched ?? 0 },
      },
    };
  },
});

/** A link that is used, has run out, or was never made. */
export function disownLinkRefused(): AppError {
  return linkRefused("This link has been used or has run out. Ask for a reset mail instead.");
}
