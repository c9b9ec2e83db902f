import { TenantsLoading } from "@/app/(console)/screens/tenants-loading";

export default TenantsLoading;
