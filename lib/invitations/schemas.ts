import { z } from "zod";
import { cursorInput, limitInput, lineInput } from "@/lib/operations/list-input";
import { emailInput } from "@/lib/users/schemas";

/** Days for which an invitation can be accepted. */
export const invitationDays = 7;

/** How an invitation stands: `expired` is one that nobody accepted in time. */
export const invitationStatuses = ["pending", "accepted", "expired", "revoked"] as const;

/** A member of `invitationStatuses`. */
export type InvitationStatus = (typeof invitationStatuses)[number];

const time = z.iso.datetime();
const roleReference = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** An invitation of one address into the tenant. It has no field that could hold the link. */
export const invitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  status: z.enum(invitationStatuses),
  roles: z.array(roleReference),
  invitedBy: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }),
  createdAt: time,
  sentAt: time.nullable().describe("When the newest mail left; null: it could not be sent. Send the invitation again."),
  expiresAt: time,
  acceptedAt: time.nullable(),
  acceptedBy: z.string().nullable().describe("The id of the user who accepted it."),
  revokedAt: time.nullable(),
});

/** An invitation of one address into the tenant. */
export type Invitation = z.output<typeof invitation>;

/** The filters and page of the invitations list, newest first. */
export const listInvitationsInput = z.strictObject({
  status: z.enum(invitationStatuses).optional(),
  search: z.string().max(200).optional().describe("Part of the address or name."),
  limit: limitInput,
  cursor: cursorInput,
});

/** Whom to invite, and as what. */
export const createInvitationsInput = z.strictObject({
  emails: z.array(emailInput).min(1).max(100).describe("At most 100; an address that is repeated counts once."),
  roles: z.array(z.uuid()).max(20).default([]).describe("Ids of roles in the tenant; without any: member."),
  name: lineInput(200).optional().describe("What the person is called; they choose their own name."),
});

/** What became of the addresses. */
export const createdInvitations = z.object({
  data: z.array(invitation),
  alreadyMembers: z
    .array(z.string())
    .describe("Addresses of people who belong to the tenant: nothing was sent to them."),
});

/** What became of the addresses. */
export type CreatedInvitations = z.output<typeof createdInvitations>;

/** Names one invitation. */
export const invitationIdInput = z.strictObject({ invitationId: z.string().min(1).max(200) });

/** How a link stands for whoever holds it: `suspended` while nobody may enter the tenant. */
export type InvitationLinkState = InvitationStatus | "suspended";

/** What a link shows before it is used. */
export type InvitationLink = {
  id: string;
  state: InvitationLinkState;
  tenant: { id: string; slug: string; name: string };
  invitedBy: string;
  email: string;
  name: string | null;
  /** Whether the address belongs to somebody who signs in instead of choosing a password. */
  hasAccount: boolean;
};
