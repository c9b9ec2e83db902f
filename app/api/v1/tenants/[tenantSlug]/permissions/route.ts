import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listPermissions } from "@/lib/roles/list-permissions";

export const GET = apiRoute(listPermissions);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
