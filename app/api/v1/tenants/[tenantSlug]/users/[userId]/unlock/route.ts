import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { unlockUser } from "@/lib/users/unlock-user";

export const POST = apiRoute(unlockUser);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
