import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { stopImpersonation } from "@/lib/impersonation/stop-impersonation";

export const DELETE = apiRoute(stopImpersonation);
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
