import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createUser } from "@/lib/users/create-user";
import { listUsers } from "@/lib/users/list-users";

export const GET = apiRoute(listUsers);
export const POST = apiRoute(createUser, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
