import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { getRateLimits } from "@/lib/rate-limit-monitor/get-rate-limits";

export const GET = apiRoute(getRateLimits);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
