import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { deleteRateLimitBlock } from "@/lib/rate-limit-monitor/delete-rate-limit-block";

export const DELETE = apiRoute(deleteRateLimitBlock, { status: 204 });
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
