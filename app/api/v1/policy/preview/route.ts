import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { previewPolicy } from "@/lib/policies/preview-policy";

export const POST = apiRoute(previewPolicy);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
