import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createRateLimitExemption } from "@/lib/rate-limit-monitor/create-rate-limit-exemption";
import { listRateLimitExemptions } from "@/lib/rate-limit-monitor/list-rate-limit-exemptions";

export const GET = apiRoute(listRateLimitExemptions);
export const POST = apiRoute(createRateLimitExemption, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
