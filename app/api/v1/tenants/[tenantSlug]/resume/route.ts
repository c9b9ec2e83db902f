import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { resumeTenant } from "@/lib/tenants/resume-tenant";

export const POST = apiRoute(resumeTenant);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
