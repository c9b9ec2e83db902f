import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { restoreTenant } from "@/lib/tenants/restore-tenant";

export const POST = apiRoute(restoreTenant);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
