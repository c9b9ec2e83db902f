import type { Metadata } from "next";

import { ReceiptDocument } from "@/components/receipts/receipt-document";
import { pageQuery } from "@/lib/http/page-query";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.receipts.receipt };

/** The record of one revocation. */
export default async function ReceiptPage({ params }: { params: Promise<{ receiptId: string }> }) {
  const receipt = await pageQuery(getReceipt, { params });
  return <ReceiptDocument receipt={receipt} readAt={Date.now()} />;
}
