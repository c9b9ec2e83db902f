import { decide } from "./decide";
import { toRefusalError } from "./refusal-error";

/** Takes a place for an attempt to use a link about an unknown browser. Throws `RATE_LIMITED` for too many from one place. */
export async function admitNewDeviceLink(clientAddress: string | null): Promise<void> {
  if (clientAddress === null) return;
  const decision = await decide([{ rule: "new-device-link", subject: clientAddress }], {
    tenantId: null,
    path: "/api/auth/disown-session",
    address: clientAddress,
  });
  if (!decision.allowed) throw toRefusalError(decision, "Too many links were tried from here. Wait, then try again.");
}
