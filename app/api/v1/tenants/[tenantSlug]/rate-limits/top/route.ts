import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";

export const GET = apiRoute(listRateLimitTop);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
