import { z } from "zod";
import { allPermissions } from "@/lib/authorization/permissions";
import { cursorInput, limitInput, lineInput, timeInput } from "@/lib/operations/list-input";

/** Whether a key opens anything: `active` until it runs out or is revoked. */
export const apiKeyStatuses = ["active", "expired", "revoked"] as const;

/** A member of `apiKeyStatuses`. */
export type ApiKeyStatus = (typeof apiKeyStatuses)[number];

/** The orders of the list of keys; a leading minus is descending. */
export const apiKeySorts = ["createdAt", "-createdAt"] as const;

/** A member of `apiKeySorts`. */
export type ApiKeySort = (typeof apiKeySorts)[number];

const time = z.iso.datetime();
const tenantReference = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** A key as lists show one. It has no field that could hold the key itself. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe("The first characters of the key."),
  tenant: tenantReference.nullable().describe("The tenant it is for; null: the platform."),
  owner: z
    .object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() })
    .describe("For whom it acts; the name is null where the caller may not see the person."),
  permissions: z.array(z.string()).describe("At each use only those count that the owner holds as well."),
  status: z.enum(apiKeyStatuses),
  createdAt: time,
  expiresAt: time,
  lastUsedAt: time.nullable().describe("At most a minute late."),
  lastUsedAddress: z.string().nullable(),
  previousKeyValidUntil: time.nullable().describe("Until when the key before the last rotation is accepted."),
  revokedAt: time.nullable(),
  revokedBy: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }).nullable(),
});

/** A key as lists show one. */
export type ApiKey = z.output<typeof apiKey>;

/** A key that has just been made or rotated. */
export const apiKeyWithSecret = apiKey.extend({
  secret: z.string().describe("The key itself. It is shown this once."),
});

/** The filters, order and page of the list of keys. */
export const listApiKeysInput = z.strictObject({
  search: z.string().max(200).optional().describe("Part of the name, or the beginning of the key."),
  status: z.enum(apiKeyStatuses).optional(),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of the tenant it is for."),
  sort: z.enum(apiKeySorts).default("-createdAt"),
  limit: limitInput,
  cursor: cursorInput,
});

/** The filters, order and page of the list of keys, parsed. */
export type ListApiKeysInput = z.output<typeof listApiKeysInput>;

const id = z.string().min(1).max(200);

/** A new key. */
export const createApiKeyInput = z.strictObject({
  name: lineInput(100),
  permissions: z.array(z.enum(allPermissions)).min(1).max(allPermissions.length),
  expiresAt: timeInput.optional().describe("At most a year ahead; 90 days where it is left out."),
});

/** Names one key. */
export const apiKeyIdInput = z.strictObject({ keyId: id });

/** Replaces one key by another. */
export const rotateApiKeyInput = z.strictObject({
  keyId: id,
  overlapSeconds: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 3600)
    .default(24 * 3600)
    .describe("For how long the old key is accepted beside the new one; at most seven days."),
});
