import { formatNumber } from "@/lib/ui/format";

/** English, how a scope stands at a glance. */
export const enOverview = {
  title: "Overview",
  description: "How this installation stands right now.",
  descriptionOfTenant: "How this tenant stands right now.",
  figure: {
    sessions: "Active sessions",
    sessionsHint: "Signed in now",
    signIns: "Sign-ins",
    lastDay: "In 24 hours",
    refused: "Refused and failed",
    users: "Users",
    usersHint: "With an account",
    usersOfTenant: "Members and people at home here",
    notYours: "Not for your roles",
    denied: (count: string) => `${count} refused`,
    failed: (count: string) => `${count} failed`,
  },
  chart: {
    title: "Sign-ins over 24 hours",
    signedIn: "Succeeded",
    failed: "Failed",
    capped: "Underlined hours held more than was looked through: their figures are the least they can be.",
    denied: "Acts refused",
    none: "Nobody has tried to sign in in the last 24 hours.",
    table: "Show as a table",
    hour: "Hour (UTC)",
    label: (signedIn: string, failed: string) =>
      `Sign-ins in the last 24 hours: ${signedIn} succeeded, ${failed} failed. The table below has each hour.`,
    bar: (hour: string, signedIn: number, failed: number) =>
      `${hour} UTC: ${formatNumber(signedIn)} succeeded, ${formatNumber(failed)} failed`,
    notYours: "The chart is drawn from the audit log, which your roles do not let you read.",
  },
  attention: {
    title: "Wants attention",
    calm: "Nothing wants attention",
    calmHint: "No revocation is pending, and no account is locked.",
    clientAddresses: (count: string, one: boolean) =>
      one ? "Clients' addresses are not known as they should be" : `Clients' addresses: ${count} things are wrong`,
    pendingReceipts: (count: string, one: boolean) =>
      one ? "1 revocation is not complete" : `${count} revocations are not complete`,
    lockedUsers: (count: string, one: boolean) => (one ? "1 account is locked" : `${count} accounts are locked`),
    suspendedTenants: (count: string, one: boolean) =>
      one ? "1 tenant is suspended" : `${count} tenants are suspended`,
    deletingTenants: (count: string, one: boolean) =>
      one ? "1 tenant is being deleted" : `${count} tenants are being deleted`,
    expiringInvitations: (count: string, one: boolean) =>
      one ? "1 invitation runs out within two days" : `${count} invitations run out within two days`,
  },
  events: {
    title: "Latest security events",
    all: "Audit log",
    none: "Nothing in the last seven days",
    noneHint: "Locks, revocations, changed roles and refusals appear here.",
    notYours: "Your roles do not let you read the audit log.",
  },
};
