import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { updateUser } from "@/lib/users/update-user";

export const GET = apiRoute(getUser);
export const PATCH = apiRoute(updateUser);
export const DELETE = apiRoute(deleteUser, { status: 204 });
export const { POST, PUT } = otherMethods("GET", "PATCH", "DELETE");
