import { admitAddress } from "./address-admission";
import { decide } from "./decide";

type Origin = { email: string; clientAddress: string | null };

/**
 * Whether a reset mail may be sent. False says nothing to the outside: the account has had its share. Throws
 * `RATE_LIMITED` for a place that asks for too many, whatever became of its mails.
 */
export async function admitResetMail({ email, clientAddress }: Origin): Promise<boolean> {
  const facts = { tenantId: null, path: "/api/auth/request-password-reset", address: clientAddress };
  const tooMany = "Too many requests for a reset. Wait, then try again.";
  await admitAddress({ rule: "reset-mail-address", facts, tooMany });
  return (await decide([{ rule: "reset-mail-account", subject: email }], facts)).allowed;
}
