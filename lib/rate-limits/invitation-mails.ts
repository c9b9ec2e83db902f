import { AppError } from "@/lib/errors/app-error";
import { limitKey } from "./limit-key";
import { type LimitedRule, takePlace } from "./limited-log";

/** Mails of one tenant: room for a few pasted lists, too few for a campaign. */
const tenantRule: LimitedRule = { limit: 500, windowSeconds: 3600, limitAlone: 100 };
/** Mails to one address, whichever tenants send them: too few to bury a mailbox. */
const accountRule: LimitedRule = { limit: 5, windowSeconds: 3600, limitAlone: 2 };

/** Takes a place for each mail that a tenant is about to send. Throws `RATE_LIMITED` when there are not enough. */
export async function admitInvitationMails(tenantId: string, count: number): Promise<void> {
  const key = limitKey("invitation-mail", "account", `tenant:${tenantId}`);
  for (let taken = 0; taken < count; taken += 1) {
    const place = await takePlace(key, tenantRule);
    if ("key" in place) continue;
    throw new AppError("RATE_LIMITED", "This tenant has sent too many invitations. Wait, then invite the others.", {
      retryAfterSeconds: place.retryAfterSeconds,
      rateLimit: { policy: "invitation-mail", limit: tenantRule.limit, windowSeconds: tenantRule.windowSeconds },
    });
  }
}

/** Whether one more mail may go to an address. False says nothing to the outside: the address has had its share. */
export async function admitInvitationMail(email: string): Promise<boolean> {
  return "key" in (await takePlace(limitKey("invitation-mail", "account", email), accountRule));
}
