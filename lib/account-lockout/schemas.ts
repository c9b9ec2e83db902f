import { z } from "zod";
import { reasonInput } from "@/lib/operations/list-input";

const time = z.iso.datetime();

/** What is remembered of an account's failed sign-ins in a row, and whether they lock it. */
export const signInLock = z.object({
  failures: z
    .number()
    .int()
    .describe("Wrong passwords in a row from browsers that the account does not know; 90 at most."),
  deviceFailures: z.number().int().describe("The same from browsers that it knows; 10 at most."),
  lockedUntil: time.nullable().describe("Until when browsers that the account does not know are kept out."),
  lockedForGood: z.boolean().describe("Whether they are kept out until somebody unlocks."),
  lastTriedAt: time.nullable(),
});

/** What is remembered of an account's failed sign-ins in a row, and whether they lock it. */
export type SignInLock = z.output<typeof signInLock>;

/** Names whose sign-in is unlocked. */
export const unlockSignInInput = z.strictObject({
  userId: z.string().min(1).max(200),
  reason: reasonInput.optional(),
});

/** Names the link of a mail by the hash of its token: the token itself goes no further than the door. */
export const unlockByLinkInput = z.strictObject({ tokenHash: z.string().regex(/^[0-9a-f]{64}$/) });

/** What the link of a mail about a lock can still do. */
export const unlockLinkStates = ["open", "used", "expired"] as const;

/** A member of `unlockLinkStates`. */
export type UnlockLinkState = (typeof unlockLinkStates)[number];

/** What the link shows whoever holds it, signed in or not; device and place are those of the attempt that locked. */
export type UnlockLink = {
  state: UnlockLinkState;
  email: string;
  browser: string | null;
  os: string | null;
  device: string | null;
  country: string | null;
  ipAddress: string | null;
  /** RFC 3339 UTC. */
  failedAt: string;
};
