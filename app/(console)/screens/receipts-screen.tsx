import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { ReceiptsTable } from "@/components/receipts/receipts-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { messages } from "@/lib/ui/messages";
import { receiptsList } from "../lists/receipts-list";
import { loadList } from "../load-list";
import { PendingReceiptsNotice } from "./pending-receipts-notice";
import type { ScreenProps } from "./screen-props";

const text = messages.receipts;

/** The records of what was ended on purpose. */
export async function ReceiptsScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug } = await params;
  const [viewer, result] = await Promise.all([
    pageViewer(tenantSlug),
    loadList(listReceipts, { list: receiptsList, params, searchParams }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <PendingReceiptsNotice viewer={viewer} tenantSlug={tenantSlug ?? null} />
      <ReceiptsTable
        list={receiptsList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
      />
    </>
  );
}
