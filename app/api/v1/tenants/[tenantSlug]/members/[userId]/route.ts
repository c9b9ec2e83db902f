import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { removeMember } from "@/lib/members/remove-member";

export const DELETE = apiRoute(removeMember);
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
