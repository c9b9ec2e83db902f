import { EyeIcon } from "lucide-react";

import { NoAccess } from "@/components/auth/no-access";
import { ClientAddressCard } from "@/components/client-addresses/client-address-card";
import { PageHeader } from "@/components/layout/page-header";
import { PolicyForm } from "@/components/policies/policy-form";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { getClientAddressHealth } from "@/lib/client-addresses/get-client-address-health";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { getPolicy } from "@/lib/policies/get-policy";
import { messages } from "@/lib/ui/messages";
import { previewPolicyAction, updatePolicyAction } from "../actions/policy-actions";
import type { ScreenProps } from "./screen-props";

const text = messages.policies;

/** The rules of a scope. */
export async function SettingsScreen({ params }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  if (!viewer.permissions.includes("settings.read")) return <NoAccess viewer={viewer} />;
  const policy = await pageQuery(getPolicy, { params });
  const locked = !viewer.permissions.includes("settings.update");
  return (
    <>
      <PageHeader title={text.title} description={tenantSlug === null ? text.description : text.descriptionOfTenant} />
      {locked ? (
        <Alert className="mb-5">
          <EyeIcon aria-hidden="true" />
          <AlertDescription>{text.readOnly}</AlertDescription>
        </Alert>
      ) : null}
      {tenantSlug === null ? <ClientAddressCard health={await pageQuery(getClientAddressHealth)} /> : null}
      <PolicyForm
        key={JSON.stringify([policy.own, policy.roleLimits])}
        policy={policy}
        locked={locked}
        actions={{
          preview: previewPolicyAction.bind(null, tenantSlug),
          perform: updatePolicyAction.bind(null, tenantSlug),
        }}
      />
    </>
  );
}
