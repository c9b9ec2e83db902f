import { randomBytes } from "node:crypto";
import { newId } from "@/lib/db/new-id";
import { subjectHash, toBlockId } from "@/lib/rate-limits/limit-keys";
import type { FurnishedTenant } from "./furnished-tenant";

/** What the fields of operations are filled with: our tenant's own, and what belongs to somebody else. */
export type Belongings = {
  ours: FurnishedTenant;
  theirs: FurnishedTenant;
  /** What belongs to no tenant: ids of people, sessions, roles, receipts, events and keys of the platform. */
  platform: Pick<
    FurnishedTenant,
    "userIds" | "emails" | "sessionIds" | "roleIds" | "receiptIds" | "eventIds" | "keyIds" | "viewIds"
  >;
  /** Until when the audit log is read: later events are those of the calls themselves. */
  until: string;
};

/** How a field is filled. */
export type KnownField = {
  /** A value with which the operation gets as far as the field that is swapped. */
  own: (all: Belongings) => unknown;
  /** Values that name something outside of our tenant; a field without them names nothing. */
  foreign?: (all: Belongings) => string[];
  /** A value of the same shape that names nothing at all. */
  absent?: () => string;
  /** How a swapped value stands in the input; as it is, if not said. */
  wrap?: (value: string) => unknown;
};

const plain = (value: unknown): KnownField => ({ own: () => value });
const asList = (value: string) => [value];

const user: KnownField = {
  own: ({ ours }) => ours.people.member,
  foreign: ({ theirs, platform }) => [...theirs.userIds, ...platform.userIds],
  absent: newId,
};
const session: KnownField = {
  own: ({ ours }) => ours.sessionIds[4],
  foreign: ({ theirs, platform }) => [
    ...theirs.sessionIds,
    theirs.endedSessionId,
    theirs.impersonationId,
    ...platform.sessionIds,
  ],
  absent: newId,
};
const role: KnownField = {
  own: ({ ours }) => ours.roleIds[0],
  foreign: ({ theirs, platform }) => [...theirs.roleIds, ...platform.roleIds],
  absent: newId,
};
const address: KnownField = {
  own: () => `own-${randomBytes(6).toString("hex")}@example.com`,
  foreign: ({ theirs, platform }) => [...theirs.emails, ...platform.emails],
  absent: () => `none-${randomBytes(5).toString("hex")}@example.com`,
};
const asFilter: KnownField = {
  own: ({ ours }) => ({ userId: ours.people.member }),
  foreign: ({ theirs, platform }) => [...theirs.userIds, ...platform.userIds],
  absent: newId,
  wrap: (userId) => ({ userId }),
};
const anything: KnownField = {
  own: ({ ours }) => ours.people.owner,
  foreign: ({ theirs, platform }) => [...theirs.userIds, ...theirs.roleIds, ...theirs.keyIds, ...platform.userIds],
  absent: newId,
};
const text: KnownField = {
  own: ({ ours }) => ours.mark,
  foreign: ({ theirs }) => [theirs.mark, ...theirs.emails],
  absent: () => `z${randomBytes(5).toString("hex")}`,
};

/** Every field that an operation of a tenant takes, by its name; `operation.field` where the name says too little. */
export const knownFields: Record<string, KnownField> = {
  userId: user,
  sessionId: session,
  sessionIds: { ...session, own: ({ ours }) => ours.sessionIds.slice(0, 1), wrap: asList },
  receiptId: {
    own: ({ ours }) => ours.receiptIds[0],
    foreign: ({ theirs, platform }) => [...theirs.receiptIds, ...platform.receiptIds],
    absent: newId,
  },
  eventId: {
    own: ({ ours }) => ours.eventIds[0],
    foreign: ({ theirs, platform }) => [...theirs.eventIds, ...platform.eventIds],
    absent: newId,
  },
  roleId: role,
  role,
  replacement: role,
  roles: { ...role, own: () => [], wrap: asList },
  invitationId: {
    own: ({ ours }) => ours.invitationIds[0],
    foreign: ({ theirs }) => theirs.invitationIds,
    absent: newId,
  },
  keyId: {
    own: ({ ours }) => ours.keyIds[0],
    foreign: ({ theirs, platform }) => [...theirs.keyIds, ...platform.keyIds],
    absent: newId,
  },
  viewId: {
    own: ({ ours }) => ours.viewIds[0],
    foreign: ({ theirs, platform }) => [...theirs.viewIds, ...platform.viewIds],
    absent: newId,
  },
  blockId: {
    own: ({ ours }) => ours.limitBlockIds[0],
    foreign: ({ theirs }) => [
      ...theirs.limitBlockIds,
      ...theirs.emails.map((email) => toBlockId("reset-mail-account", subjectHash("account", email))),
      `lockout:${theirs.people.member}`,
    ],
    absent: () => toBlockId("reset-mail-account", randomBytes(12).toString("base64url")),
  },
  exemptionId: {
    own: ({ ours }) => ours.limitExemptionIds[0],
    foreign: ({ theirs }) => theirs.limitExemptionIds,
    absent: newId,
  },
  subject: {
    own: ({ ours }) => ours.people.member,
    foreign: ({ theirs, platform }) => [...theirs.userIds, ...theirs.emails, ...platform.userIds, ...platform.emails],
    absent: newId,
  },
  cidr: plain("192.0.2.0/24"),
  rule: plain("sign-in-account"),
  dimension: plain("account"),
  "listRateLimitBlocks.kind": plain("manual"),
  "listRateLimitExemptions.kind": plain("account"),
  "listRateLimitTop.dimension": plain("address"),
  minutes: plain(60),
  granularity: plain("hour"),
  "createRateLimitBlock.until": { own: () => new Date(Date.now() + 3_600_000).toISOString() },
  tenant: {
    own: ({ ours }) => ours.tenantSlug,
    foreign: ({ theirs }) => [theirs.tenantId, theirs.tenantSlug],
    absent: newId,
  },
  homeTenant: {
    own: () => null,
    foreign: ({ theirs }) => [theirs.tenantId, theirs.tenantSlug],
    absent: () => `slug-z${randomBytes(5).toString("hex")}`,
  },
  "previewRevocation.filter": asFilter,
  "revokeSessions.filter": asFilter,
  kind: plain("user"),
  previewToken: plain("none"),
  includeNew: plain(false),
  includeOwn: plain(false),
  actor: anything,
  target: anything,
  requestId: text,
  search: text,
  ip: {
    own: ({ ours }) => ours.address,
    foreign: ({ theirs }) => [theirs.address, `${theirs.address}/32`],
    absent: () => "198.51.100.7",
  },
  email: address,
  emails: { ...address, own: (all) => [address.own(all)], wrap: asList },
  to: { own: ({ until }) => until },
  from: plain("2020-01-01T00:00:00Z"),
  createdAfter: plain("2020-01-01T00:00:00Z"),
  createdBefore: plain("2100-01-01T00:00:00Z"),
  lastSeenBefore: plain("2100-01-01T00:00:00Z"),
  until: plain("2100-01-01T00:00:00Z"),
  expiresAt: { own: () => new Date(Date.now() + 86_400_000).toISOString() },
  name: plain("Somebody"),
  key: { own: () => `k-${randomBytes(6).toString("hex")}` },
  rank: plain(7),
  permission: plain("users.read"),
  permissions: plain(["users.read"]),
  password: plain("quiet heron over grey water"),
  reason: plain("isolation"),
  status: plain(undefined),
  action: plain("user.lock"),
  outcome: plain("success"),
  country: plain("CH"),
  browser: plain("Chrome"),
  os: plain("Linux"),
  authenticationLevel: plain(1),
  idleSince: plain("2100-01-01T00:00:00Z"),
  impersonated: plain(false),
  list: plain("sessions"),
  query: plain({ country: "CH" }),
  shared: plain(false),
  device: plain("desktop"),
  method: plain("password"),
  emailVerified: plain(false),
  overlapSeconds: plain(60),
  limit: plain(100),
  sessionIdleSeconds: plain(3600),
  sessionAbsoluteSeconds: plain(86_400),
  concurrentSessionsMax: plain(100),
  concurrentSessionsMode: plain("end-oldest"),
  secondFactorRequired: plain(false),
  passwordLengthMin: plain(15),
  passwordComposition: plain([]),
  signInMethods: plain(["password"]),
  allowedAddresses: plain([]),
  auditRetentionDays: plain(365),
  rememberMeAllowed: plain(true),
  reauthenticationSeconds: plain(300),
  sessionHistoryDays: plain(365),
  roleLimits: {
    ...role,
    own: ({ ours }) => [{ roleId: ours.roleIds[0], sessionIdleSeconds: 3600 }],
    wrap: (roleId) => [{ roleId, sessionIdleSeconds: 3600 }],
  },
};

/** Fields that are swapped by a way of their own: pages of another tenant's list, and every order there is. */
export const pagingFields = ["cursor", "sort"];
