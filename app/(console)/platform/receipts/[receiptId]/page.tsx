import type { Metadata } from "next";
import { ReceiptScreen } from "@/app/(console)/screens/receipt-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.receipts.receipt };

export default ReceiptScreen;
