import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createRole } from "@/lib/roles/create-role";
import { listRoles } from "@/lib/roles/list-roles";

export const GET = apiRoute(listRoles);
export const POST = apiRoute(createRole, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
