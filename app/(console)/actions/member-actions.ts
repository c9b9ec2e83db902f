"use server";

import { serverAction } from "@/lib/http/server-action";
import { createInvitations } from "@/lib/invitations/create-invitations";
import { resendInvitation } from "@/lib/invitations/resend-invitation";
import { revokeInvitation } from "@/lib/invitations/revoke-invitation";
import { leaveTenant } from "@/lib/members/leave-tenant";
import { removeMember } from "@/lib/members/remove-member";

export const leaveTenantAction = serverAction(leaveTenant);
export const removeMemberAction = serverAction(removeMember);
export const createInvitationsAction = serverAction(createInvitations);
export const resendInvitationAction = serverAction(resendInvitation);
export const revokeInvitationAction = serverAction(revokeInvitation);
