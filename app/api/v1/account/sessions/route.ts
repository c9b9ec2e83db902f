import { listOwnSessions } from "@/lib/account/list-own-sessions";
import { revokeOtherOwnSessions } from "@/lib/account/revoke-other-own-sessions";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const GET = apiRoute(listOwnSessions);
export const DELETE = apiRoute(revokeOtherOwnSessions);
export const { POST, PUT, PATCH } = otherMethods("GET", "DELETE");
