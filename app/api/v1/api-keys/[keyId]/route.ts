import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const DELETE = apiRoute(revokeApiKey, { status: 204 });
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
