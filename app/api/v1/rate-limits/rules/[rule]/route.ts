import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { updateRateLimitRule } from "@/lib/rate-limit-monitor/update-rate-limit-rule";

export const PUT = apiRoute(updateRateLimitRule);
export const { GET, POST, PATCH, DELETE } = otherMethods("PUT");
