import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createTenant } from "@/lib/tenants/create-tenant";
import { listTenants } from "@/lib/tenants/list-tenants";

export const GET = apiRoute(listTenants);
export const POST = apiRoute(createTenant, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
