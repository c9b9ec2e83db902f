import { admitAddress } from "./address-admission";

/** Where the links of mails are used, by the rule that counts the attempts. */
const paths = { "new-device-link": "/api/auth/disown-session", "unlock-link": "/api/auth/unlock" } as const;

/** Takes a place for an attempt to use a mail's link. Throws `RATE_LIMITED` for too many from one place. */
export function admitLink(
  rule: keyof typeof paths,
  { clientAddress }: { clientAddress: string | null },
): Promise<void> {
  const facts = { tenantId: null, path: paths[rule], address: clientAddress };
  return admitAddress({ rule, facts, tooMany: "Too many links were tried from here. Wait, then try again." });
}
