import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { assignRole } from "@/lib/roles/assign-role";
import { unassignRole } from "@/lib/roles/unassign-role";

export const PUT = apiRoute(assignRole, { status: 204 });
export const DELETE = apiRoute(unassignRole, { status: 204 });
export const { GET, POST, PATCH } = otherMethods("PUT", "DELETE");
