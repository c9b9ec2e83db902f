import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { leaveTenant } from "@/lib/members/leave-tenant";

export const POST = apiRoute(leaveTenant);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
