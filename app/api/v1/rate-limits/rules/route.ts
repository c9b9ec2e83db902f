import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listRateLimitRules } from "@/lib/rate-limit-monitor/list-rate-limit-rules";

export const GET = apiRoute(listRateLimitRules);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
