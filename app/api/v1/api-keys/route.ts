import { createApiKey } from "@/lib/api-keys/create-api-key";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const GET = apiRoute(listApiKeys);
export const POST = apiRoute(createApiKey, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
