import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createInvitations } from "@/lib/invitations/create-invitations";
import { listInvitations } from "@/lib/invitations/list-invitations";

export const GET = apiRoute(listInvitations);
export const POST = apiRoute(createInvitations, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
