import { revokeOwnSession } from "@/lib/account/revoke-own-session";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const DELETE = apiRoute(revokeOwnSession);
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
