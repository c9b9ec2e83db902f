/**
 * Who may run what, stated by hand and apart from the code: an operation without a row, or a row that the code does not
 * keep, fails the suite. `yes` runs it, `no` is answered 403, `hidden` as if the thing did not exist.
 */
export type Verdict = "yes" | "no" | "hidden";

type Row = {
  platform: Record<"owner" | "admin" | "support" | "auditor", Verdict>;
  tenant: Record<"owner" | "admin" | "moderator" | "auditor" | "member" | "guest", Verdict>;
};

const row = (
  platform: [Verdict, Verdict, Verdict, Verdict],
  tenant: [Verdict, Verdict, Verdict, Verdict, Verdict, Verdict],
): Row => ({
  platform: { owner: platform[0], admin: platform[1], support: platform[2], auditor: platform[3] },
  tenant: {
    owner: tenant[0],
    admin: tenant[1],
    moderator: tenant[2],
    auditor: tenant[3],
    member: tenant[4],
    guest: tenant[5],
  },
});

const nowhere: Row["tenant"] = {
  owner: "hidden",
  admin: "hidden",
  moderator: "hidden",
  auditor: "hidden",
  member: "hidden",
  guest: "hidden",
};

const inTenantsOnly: Row["platform"] = { owner: "hidden", admin: "hidden", support: "hidden", auditor: "hidden" };

/** Platform: owner, admin, support, auditor. Tenant: owner, admin, moderator, auditor, member, guest. */
export const permissionTable: Record<string, Row> = {
  listUsers: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  getUser: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  createUser: row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
  updateUser: row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
  lockUser: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  unlockUser: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  unlockSignIn: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  deleteUser: row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
  listSessions: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  revokeSession: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  revokeUserSessions: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  revokeSessions: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  listSavedViews: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  createSavedView: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  updateSavedView: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  deleteSavedView: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "hidden", "hidden", "hidden"]),
  listReceipts: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  previewRevocation: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "no", "no", "no"]),
  getReceipt: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  listRoles: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  getRole: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  createRole: row(["yes", "yes", "hidden", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
  updateRole: row(["yes", "yes", "hidden", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
  deleteRole: row(["yes", "yes", "hidden", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
  assignRole: row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
  unassignRole: row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
  listPermissions: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  explainAccess: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  listHolders: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  listMembers: {
    ...row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
    platform: inTenantsOnly,
  },
  removeMember: {
    ...row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
    platform: inTenantsOnly,
  },
  listInvitations: {
    ...row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
    platform: inTenantsOnly,
  },
  createInvitations: {
    ...row(["yes", "yes", "no", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
    platform: inTenantsOnly,
  },
  resendInvitation: {
    ...row(["yes", "yes", "no", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
    platform: inTenantsOnly,
  },
  revokeInvitation: {
    ...row(["yes", "yes", "no", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
    platform: inTenantsOnly,
  },
  listAuditEvents: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "yes", "no", "no"]),
  getAuditEvent: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "yes", "no", "no"]),
  listTenants: { ...row(["yes", "yes", "no", "yes"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  getTenant: { ...row(["yes", "yes", "no", "yes"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  createTenant: { ...row(["yes", "yes", "hidden", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  updateTenant: { ...row(["yes", "yes", "hidden", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  suspendTenant: { ...row(["yes", "yes", "hidden", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  resumeTenant: { ...row(["yes", "yes", "hidden", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  deleteTenant: { ...row(["yes", "yes", "hidden", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  restoreTenant: { ...row(["yes", "yes", "hidden", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  getPolicy: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  previewPolicy: row(["yes", "yes", "no", "no"], ["yes", "no", "no", "no", "no", "no"]),
  updatePolicy: row(["yes", "yes", "hidden", "no"], ["yes", "no", "hidden", "hidden", "hidden", "hidden"]),
  startImpersonation: row(["yes", "yes", "no", "no"], ["yes", "yes", "no", "hidden", "hidden", "hidden"]),
  getOverview: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "no", "no", "no"]),
  getClientAddressHealth: {
    ...row(["yes", "yes", "no", "yes"], ["no", "no", "no", "no", "no", "no"]),
    tenant: nowhere,
  },
  getRateLimits: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  listRateLimitRules: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  listRateLimitBlocks: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  listRateLimitTop: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  listRateLimitHistory: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  listRateLimitRefusals: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  listRateLimitExemptions: row(["yes", "yes", "yes", "yes"], ["yes", "yes", "yes", "yes", "no", "no"]),
  createRateLimitBlock: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "no", "hidden", "hidden"]),
  deleteRateLimitBlock: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "no", "hidden", "hidden"]),
  createRateLimitExemption: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "no", "hidden", "hidden"]),
  deleteRateLimitExemption: row(["yes", "yes", "yes", "no"], ["yes", "yes", "yes", "no", "hidden", "hidden"]),
  updateRateLimitRule: { ...row(["yes", "yes", "no", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  previewRateLimitRule: { ...row(["yes", "yes", "no", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  listApiKeys: row(["yes", "yes", "no", "yes"], ["yes", "yes", "no", "no", "no", "no"]),
  createApiKey: row(["yes", "yes", "hidden", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
  rotateApiKey: row(["yes", "yes", "hidden", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
  revokeApiKey: row(["yes", "yes", "hidden", "no"], ["yes", "yes", "hidden", "hidden", "hidden", "hidden"]),
  listCapturedMail: { ...row(["yes", "no", "no", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
  getCapturedMail: { ...row(["yes", "no", "no", "no"], ["no", "no", "no", "no", "no", "no"]), tenant: nowhere },
};

/** Operations that take no permission: they tell callers about themselves alone. */
export const openOperations: readonly string[] = [
  "unlockByLink",
  "disownSession",
  "listOwnSessions",
  "revokeOtherOwnSessions",
  "revokeOwnSession",
  "stopImpersonation",
  "leaveTenant",
  "listMyTenants",
  "readCurrentSession",
];
