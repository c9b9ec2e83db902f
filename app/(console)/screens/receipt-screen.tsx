import { ReceiptDocument } from "@/components/receipts/receipt-document";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { getReceiptAction } from "../actions/session-actions";
import { loadRoles } from "./load-roles";
import type { ScreenProps } from "./screen-props";

/** The record of one revocation. */
export async function ReceiptScreen({ params }: ScreenProps<{ receiptId: string }>) {
  const { tenantSlug = null } = await params;
  const receipt = await pageQuery(getReceipt, { params });
  // Only a filter by role names one.
  const roles = receipt.filter?.role ? await loadRoles(await pageViewer(tenantSlug ?? undefined), tenantSlug) : [];
  return (
    <ReceiptDocument
      receipt={receipt}
      readAt={Date.now()}
      read={getReceiptAction.bind(null, tenantSlug)}
      roles={roles}
    />
  );
}
