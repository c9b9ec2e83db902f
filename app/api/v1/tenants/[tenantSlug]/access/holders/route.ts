import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listHolders } from "@/lib/roles/list-holders";

export const GET = apiRoute(listHolders);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
