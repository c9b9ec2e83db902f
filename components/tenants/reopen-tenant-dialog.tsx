"use client";

import { useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import { useShowReport } from "@/components/feedback/use-show-report";
import type { TenantActions } from "@/components/tenants/tenant-actions";
import type { Tenant } from "@/lib/tenants/schemas";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";

/** Properties of the dialog that opens a tenant again. */
export type ReopenTenantDialogProps = {
  act: "resume" | "restore";
  tenant: Tenant;
  perform: TenantActions["resume"];
  onClose: () => void;
};

/** Lets a suspended tenant work again, or takes back its deletion. */
export function ReopenTenantDialog({ act, tenant, perform, onClose }: ReopenTenantDialogProps) {
  const text = messages.tenants[act];
  const showReport = useShowReport();
  const [reason, setReason] = useState("");
  const given = reason.trim();
  return (
    <FormDialog
      title={text.title(tenant.name)}
      description={text.body}
      submit={text.submit}
      busy={text.busy}
      check={() => ({})}
      perform={() => perform({ tenantSlug: tenant.slug, ...(given === "" ? {} : { reason: given }) })}
      onDone={() => {
        if (given !== "") rememberReason(given);
        showReport({ title: text.done(tenant.name) });
      }}
      onClose={onClose}
    >
      {(problems) => <ReasonField value={reason} onChange={setReason} required={false} error={problems.reason} />}
    </FormDialog>
  );
}
