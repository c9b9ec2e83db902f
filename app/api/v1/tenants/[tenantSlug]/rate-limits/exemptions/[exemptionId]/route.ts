import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { deleteRateLimitExemption } from "@/lib/rate-limit-monitor/delete-rate-limit-exemption";

export const DELETE = apiRoute(deleteRateLimitExemption, { status: 204 });
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
