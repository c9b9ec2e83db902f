import { ReceiptsLoading } from "@/app/(console)/screens/receipts-loading";

export default ReceiptsLoading;
