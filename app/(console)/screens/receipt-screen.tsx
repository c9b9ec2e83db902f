import { ReceiptDocument } from "@/components/receipts/receipt-document";
import { pageQuery } from "@/lib/http/page-query";
import { getReceipt } from "@/lib/sessions/get-receipt";
import type { ScreenProps } from "./screen-props";

/** The record of one revocation. */
export async function ReceiptScreen({ params }: ScreenProps<{ receiptId: string }>) {
  const receipt = await pageQuery(getReceipt, { params });
  return <ReceiptDocument receipt={receipt} readAt={Date.now()} />;
}
