import { en } from "@/lib/ui/messages/en";
import { enAccount } from "@/lib/ui/messages/en-account";
import { enApiKeys } from "@/lib/ui/messages/en-api-keys";
import { enAudit } from "@/lib/ui/messages/en-audit";
import { enAuth } from "@/lib/ui/messages/en-auth";
import { enClientAddresses } from "@/lib/ui/messages/en-client-addresses";
import { enImpersonation } from "@/lib/ui/messages/en-impersonation";
import { enLockout } from "@/lib/ui/messages/en-lockout";
import { enMail } from "@/lib/ui/messages/en-mail";
import { enMembers } from "@/lib/ui/messages/en-members";
import { enOverview } from "@/lib/ui/messages/en-overview";
import { enPolicies } from "@/lib/ui/messages/en-policies";
import { enRateLimits } from "@/lib/ui/messages/en-rate-limits";
import { enReceipts } from "@/lib/ui/messages/en-receipts";
import { enRoles } from "@/lib/ui/messages/en-roles";
import { enSavedViews } from "@/lib/ui/messages/en-saved-views";
import { enSessions } from "@/lib/ui/messages/en-sessions";
import { enSessionsRevocation } from "@/lib/ui/messages/en-sessions-revocation";
import { enSignedOut } from "@/lib/ui/messages/en-signed-out";
import { enTenants } from "@/lib/ui/messages/en-tenants";
import { enUsers } from "@/lib/ui/messages/en-users";

const english = {
  ...en,
  auth: enAuth,
  lockout: enLockout,
  account: enAccount,
  users: enUsers,
  sessions: enSessions,
  revocation: enSessionsRevocation,
  savedViews: enSavedViews,
  signedOut: enSignedOut,
  receipts: enReceipts,
  audit: enAudit,
  mail: enMail,
  roles: enRoles,
  members: enMembers,
  impersonation: enImpersonation,
  tenants: enTenants,
  policies: enPolicies,
  apiKeys: enApiKeys,
  overview: enOverview,
  rateLimits: enRateLimits,
  clientAddresses: enClientAddresses,
};

/** Every sentence of the interface; another locale is another object of the same shape. */
export type Messages = typeof english;

/** The catalogue in use. */
export const messages: Messages = english;
