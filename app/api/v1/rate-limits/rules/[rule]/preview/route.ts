import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { previewRateLimitRule } from "@/lib/rate-limit-monitor/preview-rate-limit-rule";

export const POST = apiRoute(previewRateLimitRule);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
