import type { Role } from "@/lib/roles/schemas";
import type { ActionResult } from "@/lib/ui/action-result";

/** What a role consists of, as the editor sends it. */
export type RoleInput = { key: string; name: string; rank: number; permissions: string[] };

/** The server actions that the roles screens hand to their components. */
export type RoleActions = {
  create: (input: RoleInput) => Promise<ActionResult<Role>>;
  update: (input: Partial<RoleInput> & { roleId: string }) => Promise<ActionResult<Role>>;
  remove: (input: { roleId: string; replacement?: string }) => Promise<ActionResult<unknown>>;
};

/** Gives a role, or takes one away. */
export type ChangeRole = (input: { userId: string; roleId: string }) => Promise<ActionResult<unknown>>;

/** The two ways in which somebody's roles change. */
export type AssignmentActions = { assign: ChangeRole; unassign: ChangeRole };
