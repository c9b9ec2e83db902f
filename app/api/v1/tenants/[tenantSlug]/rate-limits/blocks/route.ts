import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createRateLimitBlock } from "@/lib/rate-limit-monitor/create-rate-limit-block";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";

export const GET = apiRoute(listRateLimitBlocks);
export const POST = apiRoute(createRateLimitBlock, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
