import type { AssignmentActions } from "@/components/roles/role-actions";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionResult } from "@/lib/ui/action-result";

/** The server actions that the members screen hands to its components. */
export type MemberActions = AssignmentActions & {
  remove: (input: { userId: string; reason: string }) => Promise<ActionResult<Receipt>>;
};
