import { ApiKeyForm } from "@/components/api-keys/api-key-form";
import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { keyPermissionsOf } from "@/lib/api-keys/key-permissions";
import { permissions } from "@/lib/authorization/permissions";
import { type PageViewer, pageViewer } from "@/lib/http/page-viewer";
import type { PermissionEntry } from "@/lib/roles/schemas";
import { messages } from "@/lib/ui/messages";
import { createApiKeyAction } from "../actions/api-key-actions";
import type { ScreenProps } from "./screen-props";

const text = messages.apiKeys.create;

/** Makes an API key from what its owner holds. */
export async function NewApiKeyScreen({ params }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  if (!viewer.permissions.includes("api-keys.create")) return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <ApiKeyForm catalogue={catalogueOf(viewer, tenantSlug)} perform={createApiKeyAction.bind(null, tenantSlug)} />
    </>
  );
}

// What no key may carry is left out altogether; what the viewer does not hold is shown, and says why it is off.
const catalogueOf = ({ permissions: held }: PageViewer, tenantSlug: string | null): PermissionEntry[] =>
  keyPermissionsOf(tenantSlug === null ? "platform" : "tenant").map((name) => ({
    name,
    summary: permissions[name].summary,
    scopes: [...permissions[name].scopes],
    held: held.includes(name),
  }));
