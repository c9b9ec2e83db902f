import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { previewRevocation } from "@/lib/sessions/preview-revocation";

export const POST = apiRoute(previewRevocation);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
