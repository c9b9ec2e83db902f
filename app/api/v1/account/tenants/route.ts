import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listMyTenants } from "@/lib/members/list-my-tenants";

export const GET = apiRoute(listMyTenants);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
