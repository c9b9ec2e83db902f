import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { getReceipt } from "@/lib/sessions/get-receipt";

export const GET = apiRoute(getReceipt);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
