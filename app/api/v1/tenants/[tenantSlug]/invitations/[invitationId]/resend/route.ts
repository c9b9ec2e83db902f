import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { resendInvitation } from "@/lib/invitations/resend-invitation";

export const POST = apiRoute(resendInvitation);
export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
