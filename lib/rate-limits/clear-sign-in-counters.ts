import { clearCounters } from "./decide";

/** Starts the limits on failed sign-ins to one account afresh, from known browsers and others. Never throws. */
export async function clearSignInCounters(email: string): Promise<void> {
  await clearCounters("sign-in-account", email);
  await clearCounters("sign-in-device", email);
}
