import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";

export const GET = apiRoute(listSessions);
export const DELETE = apiRoute(revokeUserSessions);
export const { POST, PUT, PATCH } = otherMethods("GET", "DELETE");
