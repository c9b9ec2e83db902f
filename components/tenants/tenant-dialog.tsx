"use client";

import { DeleteTenantDialog, SuspendTenantDialog } from "@/components/tenants/close-tenant-dialog";
import { RenameTenantDialog } from "@/components/tenants/rename-tenant-dialog";
import { ReopenTenantDialog } from "@/components/tenants/reopen-tenant-dialog";
import type { TenantAct, TenantActions } from "@/components/tenants/tenant-actions";
import type { TenantDetail } from "@/lib/tenants/schemas";

type TenantDialogProps = { act: TenantAct; tenant: TenantDetail; actions: TenantActions; onClose: () => void };

/** The dialog of one act on a tenant. */
export function TenantDialog({ act, tenant, actions, onClose }: TenantDialogProps) {
  switch (act) {
    case "rename":
      return <RenameTenantDialog tenant={tenant} perform={actions.update} onClose={onClose} />;
    case "suspend":
      return <SuspendTenantDialog tenant={tenant} perform={actions.suspend} onClose={onClose} />;
    case "remove":
      return <DeleteTenantDialog tenant={tenant} perform={actions.remove} onClose={onClose} />;
    case "resume":
    case "restore":
      return <ReopenTenantDialog act={act} tenant={tenant} perform={actions[act]} onClose={onClose} />;
  }
}
