import { type DecisionFacts, decide } from "./decide";
import { toRefusalError } from "./refusal-error";

type Origin = { email: string; clientAddress: string | null };

/**
 * Whether a reset mail may be sent. False says nothing to the outside: the account has had its share. Throws
 * `RATE_LIMITED` for a place that asks for too many, whatever became of its mails.
 */
export async function admitResetMail({ email, clientAddress }: Origin): Promise<boolean> {
  const facts = { tenantId: null, path: "/api/auth/request-password-reset", address: clientAddress };
  if (clientAddress) await assertAddressAdmitted(clientAddress, facts);
  return (await decide([{ rule: "reset-mail-account", subject: email }], facts)).allowed;
}

async function assertAddressAdmitted(clientAddress: string, facts: DecisionFacts): Promise<void> {
  const decision = await decide([{ rule: "reset-mail-address", subject: clientAddress }], facts);
  if (!decision.allowed) throw toRefusalError(decision, "Too many requests for a reset. Wait, then try again.");
}
