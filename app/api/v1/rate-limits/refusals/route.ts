import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";

export const GET = apiRoute(listRateLimitRefusals);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
