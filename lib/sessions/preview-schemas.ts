import { z } from "zod";
import { session } from "./schemas";
import { sessionFilter } from "./session-filter";

/** A preview counts exactly up to this many sessions: more take seconds to look at and change nobody's mind. */
export const previewedMax = 100_000;

/** Seconds for which a preview may be acted on: long enough to read it, short enough to remember it. */
export const previewSeconds = 15 * 60;

/** Sessions that a preview shows, the newest. */
export const previewSampleMax = 10;

/** Tenants that a preview's breakdown names, those with the most sessions first. */
export const previewTenantsMax = 20;

/** People whose sessions are left out that a preview names. */
export const previewLeftOutMax = 100;

/** Which sessions a revocation would be of; an empty filter is everything in the scope. */
export const previewRevocationInput = z.strictObject({ filter: sessionFilter });

const count = z.number().int();

/** Why somebody's sessions are left out: one's own; a rank not below one's own; administered by the platform only. */
export const leftOutReasons = ["own", "rank", "managed_elsewhere"] as const;

/** What a revocation by this filter would end and what it would leave alone, as of one moment. */
export const revocationPreview = z.object({
  matching: count.describe("Live sessions that would end; those left out are not among them."),
  users: count.describe("People who would be signed out somewhere."),
  capped: z
    .boolean()
    .describe("Whether there are more than were counted: the counts and the breakdown then are of the first 100,000."),
  sample: z.array(session).max(previewSampleMax).describe("The newest of those that would end."),
  breakdown: z.object({
    tenants: z
      .array(
        z.object({
          tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }).nullable(),
          sessions: count,
        }),
      )
      .describe("By the tenant they are active in (null: none), the largest first, at most 20."),
    devices: z.array(z.object({ device: z.string().nullable(), sessions: count })),
  }),
  leftOut: z.object({
    own: count.describe("The caller's own session, which ends only on request; other devices of the caller do end."),
    sessions: count.describe("All that match and are left out, one's own included."),
    users: z
      .array(
        z.object({
          id: z.string(),
          name: z.string().nullable(),
          email: z.string().nullable(),
          reason: z.enum(leftOutReasons),
          sessions: count,
        }),
      )
      .describe("At most 100, those with the most sessions first."),
  }),
  asOf: z.iso.datetime().describe("Sessions that began later are ended only on request."),
  expiresAt: z.iso.datetime().describe("Until when the token may be used."),
  previewToken: z.string(),
});

/** What a revocation by a filter would end and leave alone. */
export type RevocationPreview = z.output<typeof revocationPreview>;
