import { getAuditEvent } from "@/lib/audit/get-audit-event";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const GET = apiRoute(getAuditEvent);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
