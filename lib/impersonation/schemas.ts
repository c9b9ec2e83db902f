import { z } from "zod";
import { reasonInput } from "@/lib/operations/list-input";

/** Begins to act as a user. */
export const startImpersonationInput = z.strictObject({ userId: z.string().min(1).max(200), reason: reasonInput });

/** An impersonation as it has begun. The session's token is in the cookie and nowhere else. */
export const startedImpersonation = z.object({
  sessionId: z.string(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  tenant: z
    .object({ id: z.string(), slug: z.string() })
    .nullable()
    .describe("The only tenant in which it acts; null: wherever the user does."),
  expiresAt: z.iso.datetime().describe("It is never extended."),
});

/** Whose session the caller has returned to. */
export const stoppedImpersonation = z.object({
  user: z.object({ id: z.string(), name: z.string() }),
  expiresAt: z.iso.datetime().describe("The absolute limit of the session."),
});
