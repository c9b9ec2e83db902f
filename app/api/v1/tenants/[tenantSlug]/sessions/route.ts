import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listSessions } from "@/lib/sessions/list-sessions";

export const GET = apiRoute(listSessions);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
