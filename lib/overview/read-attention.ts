import type { Permission } from "@/lib/authorization/permissions";
import { clientAddressWatch } from "@/lib/client-addresses/client-address-watch";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import {
  countClosedTenants,
  countExpiringInvitations,
  countLockedUsers,
  countPendingReceipts,
} from "./figures-repository";
import type { Attention } from "./schemas";
import { countMax, toCapped } from "./to-capped";

type Count = Attention[keyof Attention];

/** What wants looking at in the caller's scope, as far as the caller may read it. */
export async function readAttention({ ctx, tx }: { ctx: RequestContext; tx: ScopedTx }): Promise<Attention> {
  const { grants, scope } = ctx;
  const countFor = async (permission: Permission, count: () => Promise<number>): Promise<Count> =>
    grants.permissions.has(permission) ? toCapped(await count()) : null;
  const ofPlatform = scope.kind === "platform";
  return {
    clientAddresses: ofPlatform ? await countFor("settings.read", countAddressFindings) : null,
    pendingReceipts: await countFor("receipts.read", () => countPendingReceipts(tx, countMax)),
    lockedUsers: await countFor("users.read", () => countLockedUsers(tx, countMax + 1)),
    suspendedTenants: ofPlatform
      ? await countFor("tenants.read", () => countClosedTenants(tx, false, countMax + 1))
      : null,
    deletingTenants: ofPlatform
      ? await countFor("tenants.read", () => countClosedTenants(tx, true, countMax + 1))
      : null,
    expiringInvitations: ofPlatform
      ? null
      : await countFor("invitations.read", () => countExpiringInvitations(tx, countMax)),
  };
}

async function countAddressFindings(): Promise<number> {
  const { findings } = await clientAddressWatch.get().read();
  return findings.filter(({ kind }) => kind !== "shared-address").length;
}
