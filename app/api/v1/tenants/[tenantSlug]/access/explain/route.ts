import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { explainAccess } from "@/lib/roles/explain-access";

export const GET = apiRoute(explainAccess);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
