import { ApiKeysLoading } from "@/app/(console)/screens/api-keys-loading";

export default ApiKeysLoading;
