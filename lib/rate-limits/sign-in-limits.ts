import { type AddressFacts, findAddressFacts } from "@/lib/account-lockout/find-address-facts";
import { type ProvedDevice, recogniseDevice } from "@/lib/account-lockout/recognise-device";
import { addressBlock } from "./address-block";
import type { Charge } from "./decide";
import { isExempt, refreshLimitSettings } from "./limit-settings";

/** Who tries to sign in, and from where. */
export type SignInOrigin = {
  /** Normalised. */
  email: string;
  clientAddress: string | null;
  /** When this browser last signed in as a user, as its cookie proves; null for a browser that proves nothing. */
  provedAt: (userId: string) => Date | null;
};

/** What an attempt is limited by. */
export type SignInLimits = {
  facts: AddressFacts;
  /** Null for a browser that the account does not know. */
  proved: ProvedDevice | null;
  charges: Charge[];
};

/** Finds out whether the browser is one that the account knows, and by which rules it is limited. Throws `UNAVAILABLE`. */
export async function findSignInLimits(origin: SignInOrigin): Promise<SignInLimits> {
  const { email, clientAddress } = origin;
  const [facts] = await Promise.all([findAddressFacts(email), refreshLimitSettings()]);
  const proved = facts.userId === null ? null : await recognise(facts.userId, origin);
  // A known browser is limited by its own allowance alone: strangers who share its network address, or appear to, do not
  // keep it out, and it can try no password but this account's.
  if (proved) return { facts, proved, charges: [{ rule: "sign-in-device", subject: email }] };
  const charges: Charge[] = [{ rule: "sign-in-account", subject: email }];
  if (clientAddress !== null) charges.unshift({ rule: "sign-in-address", subject: addressBlock(clientAddress) });
  return { facts, proved, charges };
}

async function recognise(userId: string, { clientAddress, provedAt }: SignInOrigin): Promise<ProvedDevice | null> {
  const at = provedAt(userId);
  const device = at && (await recogniseDevice({ userId, provedAt: at }));
  if (device) return device;
  // Whoever comes from an allow-listed network is let through the limits, and not past the bound on failures in a row:
  // there they stand with the known browsers.
  return isExempt(clientAddress, null) ? { userId, provedAt: new Date() } : null;
}
