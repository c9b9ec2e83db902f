import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listMembers } from "@/lib/members/list-members";

export const GET = apiRoute(listMembers);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
