import { timingSafeEqual } from "node:crypto";
import { linkRefused } from "@/lib/one-time-links/link-refused";
import { hashLinkToken } from "@/lib/one-time-links/link-token";
import { noGrants, type RequestContext } from "@/lib/operations/request-context";
import { assertUnowned, type CreatedOwner, createOwnerIf, type NewOwner } from "./create-owner";

/** Where the form came from. */
export type SetUpCaller = Pick<RequestContext, "requestId" | "clientAddress" | "userAgent">;

const deadLink = "This link has been replaced or has run out. Start Gatehouse again: it prints another.";

/**
 * Makes the first owner by the one-time link. Of several who try at once, one wins. Throws `INVALID_INPUT` for a link
 * that is used, replaced or past its time, and for an address or password that is not acceptable; `CONFLICT` once there
 * is an owner.
 */
export function setUpOwner(
  { token, ...owner }: NewOwner & { token: string },
  caller: SetUpCaller,
): Promise<CreatedOwner> {
  return createOwnerIf(setUpContext(caller), owner, async (tx, link) => {
    await assertUnowned(tx);
    if (!link.isLinkAlive || !isSameHash(link.setupTokenHash, hashLinkToken(token))) throw linkRefused(deadLink);
  });
}

function isSameHash(kept: string | null, given: string): boolean {
  return kept !== null && kept.length === given.length && timingSafeEqual(Buffer.from(kept), Buffer.from(given));
}

function setUpContext(caller: SetUpCaller): RequestContext {
  return {
    ...caller,
    scope: { kind: "platform" },
    actor: { type: "system", id: null, name: "set-up link" },
    grants: noGrants,
    source: "auth",
  };
}
