import { z } from "zod";
import { timeInput } from "@/lib/operations/list-input";

/** The kinds of device that a user agent is taken for. */
export const sessionDevices = ["desktop", "mobile", "tablet", "tv"] as const;

/** The highest authentication assurance level (NIST SP 800-63B-4). */
export const authenticationLevelMax = 3;

/** An id in a path, query or body. One that names nothing, or is no id at all, is answered as absent. */
const id = z.string().min(1).max(200);

/** An address, or a range of them in CIDR notation. */
const addressOrRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "An address or a CIDR range.");

const name = z.string().trim().min(1).max(60);

/** The fields that say which sessions are meant: of the list, of a preview, of a revocation and of a saved view. */
export const sessionFilterFields = {
  userId: id.optional(),
  search: z.string().max(200).optional().describe("Part of the user's address or name."),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of the tenant it is active in."),
  role: z.string().min(1).max(100).optional().describe("The id or key of a role that the user holds in the scope."),
  ip: addressOrRange.optional().describe("An address, or a range in CIDR notation."),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, "Two letters, as in ISO 3166-1.")
    .toUpperCase()
    .optional()
    .describe("ISO 3166-1 alpha-2."),
  device: z.enum(sessionDevices).optional(),
  browser: name.optional().describe("Its name without a version, as in Firefox."),
  os: name.optional().describe("The system's name without a version, as in Windows."),
  method: z.string().min(1).max(40).optional().describe("How the person signed in."),
  authenticationLevel: z
    .number()
    .int()
    .min(1)
    .max(authenticationLevelMax)
    .optional()
    .describe("How strongly the person proved who they are: 1, 2 or 3, as in NIST SP 800-63B."),
  createdAfter: timeInput.optional(),
  createdBefore: timeInput.optional(),
  idleSince: timeInput.optional().describe("Last seen before this moment."),
  impersonated: z.boolean().optional().describe("Whether an administrator acts as the user in it."),
};

const anySessionFilter = z.strictObject(sessionFilterFields);

/** Which sessions are meant; a field that is left out narrows nothing. */
export type SessionFilter = z.output<typeof anySessionFilter>;

/** Refuses a filter that no session can pass, naming the field: an empty page would look like an answer. */
export function refuseContradictions(filter: SessionFilter, context: z.RefinementCtx): void {
  const refuse = (field: keyof SessionFilter, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  const { createdAfter, createdBefore, idleSince } = filter;
  if (createdAfter && createdBefore && createdAfter >= createdBefore)
    refuse("createdBefore", "Must be later than createdAfter.");
  if (createdAfter && idleSince && createdAfter >= idleSince)
    refuse("idleSince", "Must be later than createdAfter: nobody is last seen before signing in.");
}

/** A whole filter, as a preview or a revocation takes one. A blank text is refused: it would mean everybody. */
export const sessionFilter = anySessionFilter
  .superRefine(refuseContradictions)
  .refine(({ search }) => search === undefined || search.trim() !== "", {
    path: ["search"],
    message: "Must not be blank.",
  });
