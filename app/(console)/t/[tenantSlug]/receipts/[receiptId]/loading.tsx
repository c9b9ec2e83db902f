import { ReceiptLoading } from "@/app/(console)/screens/receipt-loading";

export default ReceiptLoading;
