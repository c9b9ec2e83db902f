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
