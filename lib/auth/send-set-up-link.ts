import { randomBytes } from "node:crypto";
import type { Env } from "@/lib/config/env";
import { chooseFirstPasswordMail } from "@/lib/mail/password-mails";
import { sendMail } from "@/lib/mail/send-mail";
import { linkUrl } from "@/lib/one-time-links/link-token";
import { newAuthRequestState, runAsAuthRequest } from "./auth-request-state";
import type { BetterAuthInstance } from "./forward-to-better-auth";

/** Longer than a reset's: nobody asked for this mail, so it may lie over a weekend. */
const hours = 72;

/**
 * Mails somebody for whom an account was made a link to choose a password. The link is a reset link with more time, so
 * that Better Auth redeems it. Rejects when the mail cannot be sent; does nothing for an address that nobody has.
 */
export function sendSetUpLink(
  email: string,
  instance: BetterAuthInstance,
  env: Pick<Env, "gatehouseUrl">,
): Promise<void> {
  return runAsAuthRequest(newAuthRequestState({ path: "/request-password-reset" }), async () => {
    const { internalAdapter } = await instance.$context;
    const found = await internalAdapter.findUserByEmail(email);
    if (!found) return;
    const token = randomBytes(24).toString("base64url");
    await internalAdapter.createVerificationValue({
      identifier: `reset-password:${token}`,
      value: found.user.id,
      expiresAt: new Date(Date.now() + hours * 3_600_000),
    });
    await sendMail(
      chooseFirstPasswordMail({ to: email, name: found.user.name, url: linkUrl(env, "/reset-password", token), hours }),
    );
  });
}
