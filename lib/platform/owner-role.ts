import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { hasHolder } from "./repository";

/** The role that owns the platform. */
export const ownerRoleId = builtInRoleId("platform", "owner");

/** Whether somebody owns the platform. */
export function hasOwner(tx: ScopedTx): Promise<boolean> {
  return hasHolder(tx, ownerRoleId);
}
