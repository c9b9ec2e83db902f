import { listAuditEvents } from "@/lib/audit/list-audit-events";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const GET = apiRoute(listAuditEvents);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
