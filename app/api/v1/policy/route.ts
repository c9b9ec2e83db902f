import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { getPolicy } from "@/lib/policies/get-policy";
import { updatePolicy } from "@/lib/policies/update-policy";

export const GET = apiRoute(getPolicy);
export const PATCH = apiRoute(updatePolicy);
export const { POST, PUT, DELETE } = otherMethods("GET", "PATCH");
