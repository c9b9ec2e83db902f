import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { revokeInvitation } from "@/lib/invitations/revoke-invitation";

export const DELETE = apiRoute(revokeInvitation, { status: 204 });
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
