import { AuditLoading } from "@/app/(console)/screens/audit-loading";

export default AuditLoading;
