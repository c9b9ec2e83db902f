"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import type { TenantActions } from "@/components/tenants/tenant-actions";
import { findTenantProblems, TenantFields } from "@/components/tenants/tenant-fields";
import type { Tenant } from "@/lib/tenants/schemas";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.tenants.rename;

/** Properties of the dialog that changes a tenant's name or short name. */
export type RenameTenantDialogProps = { tenant: Tenant; perform: TenantActions["update"]; onClose: () => void };

/** Changes a tenant's name or short name, and follows it to its new address. */
export function RenameTenantDialog({ tenant, perform, onClose }: RenameTenantDialogProps) {
  const router = useRouter();
  const showReport = useShowReport();
  const [name, setName] = useState(tenant.name);
  const [slug, setSlug] = useState(tenant.slug);
  const draft = { name: name.trim(), slug: slug.trim() };
  return (
    <FormDialog
      title={text.title}
      submit={text.submit}
      busy={text.busy}
      check={() => findTenantProblems(draft)}
      perform={() => perform({ tenantSlug: tenant.slug, ...draft })}
      onDone={(renamed) => {
        showReport({ title: text.done(renamed.name) });
        if (renamed.slug !== tenant.slug) router.replace(scopePath(null, `/tenants/${renamed.slug}`));
      }}
      onClose={onClose}
    >
      {(problems) => (
        <TenantFields
          name={name}
          slug={slug}
          slugHint={text.slugHint}
          problems={problems}
          onNameChange={setName}
          onSlugChange={setSlug}
        />
      )}
    </FormDialog>
  );
}
