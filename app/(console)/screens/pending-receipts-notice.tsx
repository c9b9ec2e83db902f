import { PendingReceipts } from "@/components/receipts/pending-receipts";
import { PENDING_SHOWN_MAX } from "@/components/receipts/pending-shown-max";
import { pageResult } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { listReceiptsAction } from "../actions/session-actions";

type PendingReceiptsNoticeProps = { viewer: PageViewer; tenantSlug: string | null };

/** The revocations of a scope that are still being finished, for those who may read receipts. */
export async function PendingReceiptsNotice({ viewer, tenantSlug }: PendingReceiptsNoticeProps) {
  if (!viewer.permissions.includes("receipts.read")) return null;
  const result = await pageResult(listReceipts, {
    params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }),
    input: { status: "pending", limit: PENDING_SHOWN_MAX },
  });
  // What cannot be read is not called finished: the page's own list says what is wrong.
  if (!result.ok) return null;
  return <PendingReceipts given={result.data} read={listReceiptsAction.bind(null, tenantSlug)} />;
}
