import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { deleteTenant } from "@/lib/tenants/delete-tenant";
import { getTenant } from "@/lib/tenants/get-tenant";
import { updateTenant } from "@/lib/tenants/update-tenant";

export const GET = apiRoute(getTenant);
export const PATCH = apiRoute(updateTenant);
export const DELETE = apiRoute(deleteTenant);
export const { POST, PUT } = otherMethods("GET", "PATCH", "DELETE");
