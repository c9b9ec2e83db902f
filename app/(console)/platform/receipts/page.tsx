import type { Metadata } from "next";
import { ReceiptsScreen } from "@/app/(console)/screens/receipts-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.receipts.title };

export default ReceiptsScreen;
