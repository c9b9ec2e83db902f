import { formatQuantity, type Noun } from "@/lib/ui/format";

const noun: Noun = { one: "member", many: "members" };
const invitationNoun: Noun = { one: "invitation", many: "invitations" };
const person: Noun = { one: "person", many: "people" };

/** English, the members of a tenant and the invitations into it. */
export const enMembers = {
  noun,
  title: "Members",
  description: "Everybody who belongs to this tenant: its own people, and guests whose account is managed elsewhere.",
  emptyTitle: "Nobody belongs to this tenant yet",
  emptyHint: "Invite its first people.",
  guest: "Guest",
  column: { member: "Member", roles: "Roles", status: "Status", joined: "Joined", lastSeen: "Last seen" },
  filter: { role: "Role", is: "is" },
  act: { changeRoles: "Change roles", remove: "Remove from tenant", open: "Open" },
  remove: {
    act: { verb: "Remove", doing: "Removing" },
    consequence: "They lose every role here, and each of their sessions that is active in this tenant ends at once.",
    untouchedHome: "Their account stays. From now on the platform looks after it, not this tenant.",
    untouchedGuest: "Their account, and their sessions elsewhere, stay as they are.",
    done: (name: string) => `Removed ${name}`,
  },
  leave: {
    label: "Leave this tenant",
    act: { verb: "Leave", doing: "Leaving" },
    consequence:
      "You lose every role here, and your sessions that are active in this tenant end, this one included. To come back you need an invitation.",
    untouched: "Your account stays, and what you are elsewhere.",
    done: (name: string) => `You have left ${name}`,
  },
  invitations: {
    noun: invitationNoun,
    title: "Invitations",
    description: "Each is bound to one address, works once, and runs out after a week.",
    emptyTitle: "Nobody has been invited yet",
    emptyHint: "Invite one person, or paste a list of addresses.",
    column: {
      address: "Address",
      status: "Status",
      roles: "Roles",
      by: "Invited by",
      sent: "Sent",
      expires: "Expires",
    },
    filter: { status: "Status", is: "is" },
    status: { pending: "Pending", accepted: "Accepted", expired: "Expired", revoked: "Withdrawn" } as Record<
      string,
      string
    >,
    notSent: "Not sent",
    notSentHint: "The mail could not be sent. Send the invitation again.",
    defaultRole: "Member",
    resend: "Send again",
    resent: (email: string) => `Sent the invitation to ${email} again`,
    resentHint: "The earlier link no longer works.",
    resendFailed: "The invitation was not sent",
    revoke: {
      label: "Withdraw",
      act: { verb: "Withdraw", doing: "Withdrawing" },
      subject: (email: string) => `the invitation of ${email}`,
      consequence: "The link in the mail stops working at once.",
      done: (email: string) => `Withdrew the invitation of ${email}`,
    },
  },
  invite: {
    act: "Invite people",
    title: "Invite people",
    description: "They get a mail with a link that only works for their address.",
    emails: "E-mail addresses",
    emailsHint: (max: number) => `One, or a pasted list: separated by commas, spaces or lines. At most ${max}.`,
    emailsMissing: "Enter at least one address.",
    emailsTooMany: (count: number, max: number) => `These are ${count} addresses. Invite at most ${max} at once.`,
    emailsMalformed: (examples: string) => `These are no e-mail addresses: ${examples}`,
    found: (count: number) => `${formatQuantity(count, person)} will be invited.`,
    roles: "Roles",
    rolesHint: "Without one they become plain members.",
    submit: "Send invitations",
    busy: "Sending…",
    done: (count: number) => `Invited ${formatQuantity(count, person)}`,
    nobody: "Nobody new was invited",
    already: (addresses: string) => `Already here: ${addresses}`,
    unsent: (count: number) => `${formatQuantity(count, { one: "mail", many: "mails" })} could not be sent.`,
    notPermitted: "Your roles do not include inviting people.",
  },
};
