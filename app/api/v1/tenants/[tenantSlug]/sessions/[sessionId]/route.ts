import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { revokeSession } from "@/lib/sessions/revoke-session";

export const DELETE = apiRoute(revokeSession);
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
