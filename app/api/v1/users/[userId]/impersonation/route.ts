import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";

export const POST = apiRoute(startImpersonation, { status: 201 });
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
