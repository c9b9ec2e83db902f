/** Columns that Better Auth reads or writes for us, never takes from a request and never answers. */
const internal = { input: false, returned: false } as const;

const optionalText = { type: "string", required: false, ...internal } as const;
const optionalNumber = { type: "number", required: false, ...internal } as const;
const optionalDate = { type: "date", required: false, ...internal } as const;

/** Beyond Better Auth's own columns of `user`. */
export const userFields = {
  homeTenantId: optionalText,
  sessionEpoch: optionalNumber,
  lockedAt: optionalDate,
  lockedUntil: optionalDate,
  lockedReason: optionalText,
  invitedAt: optionalDate,
} as const;

/** Beyond Better Auth's own columns of `session`. */
export const sessionFields = {
  idleSeconds: optionalNumber,
  browser: optionalText,
  os: optionalText,
  device: optionalText,
  country: optionalText,
  method: optionalText,
  rememberMe: { type: "boolean", required: false, ...internal },
  activeTenantId: optionalText,
  homeTenantId: optionalText,
  impersonatedById: optionalText,
  impersonatorSessionId: optionalText,
  confinedTenantId: optionalText,
  platformEpoch: optionalNumber,
  userEpoch: optionalNumber,
  tenantEpoch: optionalNumber,
  membershipEpoch: optionalNumber,
  homeTenantEpoch: optionalNumber,
} as const;
