import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { getOverview } from "@/lib/overview/get-overview";

export const GET = apiRoute(getOverview);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
