"use client";

import { PlusIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { CreateTenantDialog } from "@/components/tenants/create-tenant-dialog";
import type { TenantActions } from "@/components/tenants/tenant-actions";
import { messages } from "@/lib/ui/messages";

const text = messages.tenants.act;

/** Opens the dialog that creates a tenant. */
export function CreateTenantButton({ permitted, perform }: { permitted: boolean; perform: TenantActions["create"] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <GuardedButton refusal={permitted ? null : text.notPermitted} onClick={() => setOpen(true)}>
        <PlusIcon aria-hidden="true" />
        {text.create}
      </GuardedButton>
      {open ? <CreateTenantDialog perform={perform} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
