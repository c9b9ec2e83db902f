import { hashPassword } from "@/lib/auth/password-hashing";
import { assertAcceptablePassword } from "@/lib/auth/password-policy";
import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import type { Actor } from "@/lib/operations/request-context";
import { readHomePasswordRules } from "@/lib/policies/password-rules";
import type { LinkedInvitation } from "./invitation-link-store";

/** What somebody without an account fills in. */
export type Newcomer = { name: string; password: string };

/** Who comes in; `account` is what there is to make for a newcomer. */
export type Invitee = { id: string; account: { name: string; passwordHash: string } | null };

type Opening = { user: Extract<Actor, { type: "user" }> | null; newcomer: Newcomer | null };

/**
 * The person for whom a link may be used: signed in under its address, or new with it. Everything that costs time is done
 * here, before the transaction. Throws `FORBIDDEN`, `UNAUTHENTICATED`, and `INVALID_INPUT` for what a newcomer chose.
 */
export async function toInvitee(link: LinkedInvitation, { user, newcomer }: Opening): Promise<Invitee> {
  if (user) {
    assertAddressee(user, link.email);
    return { id: user.id, account: null };
  }
  if (link.hasAccount || !newcomer) {
    throw new AppError("UNAUTHENTICATED", `Sign in as ${link.email} to accept this invitation.`);
  }
  const { name, password } = newcomer;
  const context = [link.email, name, link.tenantName];
  assertAcceptablePassword(password, { context, path: "password", rules: await readHomePasswordRules(link.tenantId) });
  return { id: newId(), account: { name, passwordHash: await hashPassword(password) } };
}

// Whoever acts as somebody else must not take on obligations for them, or powers by them.
function assertAddressee({ email, impersonatedBy }: NonNullable<Opening["user"]>, invited: string): void {
  if (impersonatedBy !== null) throw new AppError("FORBIDDEN", "An invitation is accepted by the person themself.");
  if (email === invited) return;
  throw new AppError("FORBIDDEN", `This invitation is for ${invited}, and you are signed in as ${email}.`);
}
