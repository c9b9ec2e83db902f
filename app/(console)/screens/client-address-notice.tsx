import { ClientAddressBanner } from "@/components/client-addresses/client-address-banner";
import { getClientAddressHealth } from "@/lib/client-addresses/get-client-address-health";
import { pageResult } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";

/** Says above every page of the platform that clients' addresses are not known as they should be, to whoever may know. */
export async function ClientAddressNotice({ viewer }: { viewer: PageViewer }) {
  if (!viewer.permissions.includes("settings.read")) return null;
  const result = await pageResult(getClientAddressHealth);
  // The page below has failed for the same reason, and says so in its place.
  if (!result.ok) return null;
  const pressing = result.data.findings.filter(({ kind }) => kind !== "shared-address");
  return pressing.length === 0 ? null : <ClientAddressBanner findings={pressing} />;
}
