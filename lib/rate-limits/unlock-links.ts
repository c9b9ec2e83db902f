import { addressBlock } from "./address-block";
import { decide } from "./decide";
import { toRefusalError } from "./refusal-error";

/** Takes a place for an attempt to use an unlock link. Throws `RATE_LIMITED` for too many from one place. */
export async function admitUnlockLink(clientAddress: string | null): Promise<void> {
  if (clientAddress === null) return;
  const charges = [{ rule: "unlock-link", subject: addressBlock(clientAddress) }] as const;
  const facts = { tenantId: null, path: "/api/auth/unlock", address: clientAddress };
  const decision = await decide(charges, facts);
  if (!decision.allowed) throw toRefusalError(decision, "Too many links were tried from here. Wait, then try again.");
}
