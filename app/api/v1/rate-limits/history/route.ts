import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listRateLimitHistory } from "@/lib/rate-limit-monitor/list-rate-limit-history";

export const GET = apiRoute(listRateLimitHistory);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
