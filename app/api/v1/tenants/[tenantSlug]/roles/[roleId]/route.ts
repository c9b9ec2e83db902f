import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { deleteRole } from "@/lib/roles/delete-role";
import { getRole } from "@/lib/roles/get-role";
import { updateRole } from "@/lib/roles/update-role";

export const GET = apiRoute(getRole);
export const PATCH = apiRoute(updateRole);
export const DELETE = apiRoute(deleteRole, { status: 204 });
export const { POST, PUT } = otherMethods("GET", "PATCH", "DELETE");
