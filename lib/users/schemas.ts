import { z } from "zod";
import { signInLock } from "@/lib/account-lockout/schemas";
import { cursorInput, limitInput, lineInput, reasonInput, timeInput } from "@/lib/operations/list-input";
import { normalAddress } from "./normal-address";

/** Whether a person can sign in: `invited` until the first sign-in or password, `locked` until unlocked or run out. */
export const userStatuses = ["active", "locked", "invited"] as const;

/** A member of `userStatuses`. */
export type UserStatus = (typeof userStatuses)[number];

/** The orders of the users list; a leading minus is descending. */
export const userSorts = ["createdAt", "-createdAt", "email", "-email", "name", "-name"] as const;

/** A member of `userSorts`. */
export type UserSort = (typeof userSorts)[number];

const tenantReference = z.object({ id: z.string(), slug: z.string(), name: z.string() });
const roleReference = z.object({ id: z.string(), key: z.string(), name: z.string() });
const time = z.iso.datetime();

/** A user as lists show one. */
export const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  status: z.enum(userStatuses),
  emailVerified: z.boolean(),
  twoFactor: z.boolean().describe("Whether a second factor is set up."),
  homeTenant: tenantReference.nullable().describe("The tenant that manages the account; null: the platform does."),
  roles: z.array(roleReference).describe("Roles in the caller's scope."),
  memberships: z.array(z.object({ tenant: tenantReference, roles: z.array(roleReference), createdAt: time })),
  createdAt: time,
  lastSeenAt: time.nullable().describe("At most a minute late."),
  lockedAt: time.nullable(),
  lockedUntil: time.nullable().describe("When the lock runs out by itself; null: when somebody unlocks."),
  lockedReason: z.string().nullable(),
});

/** A user as lists show one. */
export type User = z.output<typeof user>;

/** A user with what only the page about one shows. */
export const userDetail = user.extend({
  activeSessions: z
    .object({ count: z.number().int(), capped: z.boolean() })
    .describe("Sessions alive now, counted up to 1,000."),
  signInLock: signInLock
    .nullable()
    .describe("Failed sign-ins since the last good one; null: none, or the account is managed elsewhere."),
});

/** A user with what only the page about one shows. */
export type UserDetail = z.output<typeof userDetail>;

/** The filters, order and page of the users list. */
export const listUsersInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .optional()
    .describe("Part of the address or name; one or two characters match beginnings."),
  status: z.enum(userStatuses).optional(),
  role: z.uuid().optional().describe("The id of a role that they hold."),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of a tenant that they are members of."),
  emailVerified: z.boolean().optional(),
  createdAfter: timeInput.optional(),
  createdBefore: timeInput.optional(),
  lastSeenBefore: timeInput.optional().describe("Not seen since; who was never seen counts from creation."),
  sort: z.enum(userSorts).default("-createdAt"),
  limit: limitInput,
  cursor: cursorInput,
});

/** The filters, order and page of the users list, parsed. */
export type ListUsersInput = z.output<typeof listUsersInput>;

/** An id in a path. One that names nothing, or is no id at all, is answered as absent. */
const userId = z.string().min(1).max(200);

/** Names one user. */
export const userIdInput = z.strictObject({ userId });

/**
 * An address in its normal form, which is plain ASCII. What only looks like another person's address does not pass: before
 * the @ such a letter is refused, behind it the domain's ASCII form shows it. A top-level domain that is international
 * itself (`.рф`) is refused as well: Better Auth, which checks the address anew at each sign-in, knows none.
 */
export const emailInput = z
  .string()
  .max(320)
  .transform(normalAddress)
  .pipe(z.email("Not an e-mail address in plain letters.").max(254));

const name = lineInput(200);

/** Somebody who was invited because the caller may not make accounts; whether they have one elsewhere is not told. */
export const invitedUser = z.object({
  status: z.literal("invited"),
  invitationId: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(roleReference),
  expiresAt: time,
});

/** What creating a user answers: the user or, in a tenant without the platform's permission, the invitation. */
export const createdUser = z.union([userDetail, invitedUser]);

/** What creating a user answers. */
export type CreatedUser = z.output<typeof createdUser>;

/** A new user. */
export const createUserInput = z.strictObject({
  email: emailInput,
  name,
  password: z
    .string()
    .max(512)
    .optional()
    .describe("Takes the platform's users.create. Without one, a mail with a link to choose one is sent."),
  roles: z.array(z.uuid()).max(20).default([]).describe("Ids of roles in the caller's scope."),
});

/** What changes about a user; what is left out stays. */
export const updateUserInput = z
  .strictObject({
    userId,
    name: name.optional(),
    homeTenant: z
      .string()
      .min(1)
      .max(100)
      .nullable()
      .optional()
      .describe("The slug of the tenant that is to manage the account; null: the platform. For the platform alone."),
  })
  .refine(({ userId: _id, ...changes }) => Object.values(changes).some((value) => value !== undefined), {
    message: "Name at least one field to change.",
    path: ["name"],
  });

/** Why and until when a user may not sign in. */
export const lockUserInput = z.strictObject({
  userId,
  reason: reasonInput,
  until: timeInput.optional().describe("When the lock runs out by itself; in the future."),
});

/** Why a user may sign in again. */
export const unlockUserInput = z.strictObject({ userId, reason: reasonInput.optional() });

/** Why a user is deleted. */
export const deleteUserInput = z.strictObject({ userId, reason: reasonInput.optional() });
