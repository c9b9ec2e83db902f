/** Rows as they are loaded: fields are the columns in camel case, times are epoch milliseconds wrapped in `Date`. */
export type TenantRow = { id: string; slug: string; name: string; createdAt: Date; updatedAt: Date };

export type UserRow = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  createdAt: Date;
  updatedAt: Date;
  homeTenantId: string | null;
  lockedAt: Date | null;
  lockedUntil: Date | null;
  lockedReason: string | null;
  invitedAt: Date | null;
};

export type AccountRow = {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  password: string;
  createdAt: Date;
  updatedAt: Date;
};

export type MembershipRow = { id: string; tenantId: string; userId: string; createdAt: Date };

export type MembershipRoleRow = { tenantId: string; membershipId: string; roleId: string; createdAt: Date };

export type PlatformRoleAssignmentRow = { userId: string; roleId: string; createdAt: Date };

/** What a session and its place in the history have in common. */
export type SessionOrigin = {
  id: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  browser: string | null;
  os: string | null;
  browserName: string | null;
  osName: string | null;
  device: string | null;
  country: string | null;
  method: string;
  activeTenantId: string | null;
  homeTenantId: string | null;
};

/** A session that is alive. Its token hash is random: nobody knows a token that fits it. */
export type SessionRow = SessionOrigin & {
  tokenHash: string;
  updatedAt: Date;
  idleSeconds: number;
  rememberMe: boolean;
  platformEpoch: number;
  userEpoch: number;
  tenantEpoch: number | null;
  membershipEpoch: number | null;
  homeTenantEpoch: number | null;
};

export type SessionActivityRow = {
  sessionId: string;
  lastSeenAt: Date;
  activeTenantId: string | null;
  homeTenantId: string | null;
};

export type UserActivityRow = { userId: string; lastSeenAt: Date };

export type SessionHistoryRow = SessionOrigin & {
  lastSeenAt: Date;
  endedAt: Date;
  endReason: string;
  endedByType: string | null;
  endedById: string | null;
  endedByName: string | null;
  receiptId: string | null;
};

export type ReceiptRow = {
  id: string;
  tenantId: string | null;
  kind: string;
  targetId: string | null;
  targetName: string | null;
  request: object;
  reason: string;
  actorType: string;
  actorId: string | null;
  actorName: string;
  requestId: string;
  requestedAt: Date;
  effectiveAt: Date;
  completedAt: Date;
  committedAt: Date;
  redisStatus: string;
  redisFencedAt: Date;
  matched: number;
  ended: number;
  users: number;
  progressDone: number;
  progressTotal: number;
  verifiedChecked: number;
};

export type AuditEventRow = {
  id: string;
  at: Date;
  tenantId: string | null;
  action: string;
  outcome: string;
  actorType: string;
  actorId: string | null;
  actorName: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  reason: string | null;
  changes: object | null;
  details: object | null;
  requestId: string;
  clientAddress: string | null;
  userAgent: string | null;
  source: string;
};

export type CapturedMailRow = { id: string; to: string; subject: string; text: string; createdAt: Date };
