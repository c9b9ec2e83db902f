import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { lockUser } from "@/lib/users/lock-user";

export const POST = apiRoute(lockUser);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
