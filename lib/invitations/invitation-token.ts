import { createHash, randomBytes } from "node:crypto";
import { currentEnv } from "@/lib/config/current-env";

/** The token of a new link: 256 bits, in the mail and nowhere else. */
export function newInvitationToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The form in which a token is stored: SHA-256, hex. */
export function hashInvitationToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where the mail leads: our own page, on our own address, whatever the request said. */
export function invitationUrl(invitationId: string, token: string): string {
  return `${currentEnv.get().gatehouseUrl}/invitations/${invitationId}?token=${token}`;
}
