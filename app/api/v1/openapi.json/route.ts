import document from "@/docs/openapi.json";
import { documentRoute, otherMethods } from "@/lib/http/plain-routes";

export const GET = documentRoute(document);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
