import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { suspendTenant } from "@/lib/tenants/suspend-tenant";

export const POST = apiRoute(suspendTenant);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
