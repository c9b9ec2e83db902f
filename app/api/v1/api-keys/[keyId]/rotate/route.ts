import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const POST = apiRoute(rotateApiKey);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
