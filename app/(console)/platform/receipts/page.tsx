import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { ReceiptsTable } from "@/components/receipts/receipts-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { messages } from "@/lib/ui/messages";
import { loadList } from "../../load-list";
import { receiptsList } from "./search-params";

const text = messages.receipts;

export const metadata: Metadata = { title: text.title };

/** The records of what was ended on purpose. */
export default async function ReceiptsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, result] = await Promise.all([
    pageViewer(),
    loadList(listReceipts, { list: receiptsList, searchParams }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <ReceiptsTable
        list={receiptsList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
      />
    </>
  );
}
