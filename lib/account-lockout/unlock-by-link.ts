import { z } from "zod";
import { personOf } from "@/lib/account/person-of";
import type { AppError } from "@/lib/errors/app-error";
import { linkRefused } from "@/lib/one-time-links/link-refused";
import { mailedLinkInput } from "@/lib/one-time-links/schemas";
import { defineCommand } from "@/lib/operations/define-operation";
import { clearSignInCounters } from "@/lib/rate-limits/clear-sign-in-counters";
import { forgetFailures } from "./forget-failures";
import { redeem } from "./repository";
import { unlockEvent } from "./unlock-event";

/**
 * Unlocks an account by the link in the mail about its lock. Where the lock has gone already, the link is used up all
 * the same. Throws `INVALID_INPUT` for a link that is no good.
 */
export const unlockByLink = defineCommand({
  name: "unlockByLink",
  summary: "Unlock one's own sign-in by the link of a mail",
  scope: "self",
  permission: null,
  readPermission: null,
  audit: "sign-in.unlock",
  input: mailedLinkInput,
  output: z.object({ email: z.string() }),
  run: async (tools, { tokenHash }) => {
    const user = personOf(tools.ctx);
    const link = await redeem(tools.tx, tokenHash);
    if (!link || link.userId !== user.id) throw unlockLinkRefused();
    const { email } = link;
    const forgotten = await forgetFailures(tools.tx, email);
    tools.afterCommit(async (result) => {
      await clearSignInCounters(email);
      return result;
    });
    const { homeTenantId } = await tools.tx.user.findUniqueOrThrow({
      where: { id: user.id },
      select: { homeTenantId: true },
    });
    const nothing = { failures: 0, deviceFailures: 0, lockedUntil: null, lockedForGood: false };
    const target = { type: "user", id: user.id, name: email };
    return {
      result: { email },
      event: { target, tenantId: homeTenantId, ...unlockEvent(forgotten ?? nothing, "link") },
    };
  },
});

/** A link that is used, has run out, or was never made. */
export function unlockLinkRefused(): AppError {
  return linkRefused("This link has been used or has run out. Choose a new password instead: that unlocks as well.");
}
