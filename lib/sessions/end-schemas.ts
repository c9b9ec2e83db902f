import { z } from "zod";
import { sessionEndReasons } from "./schemas";

/** Why a session is over, as whoever held it is told: nothing about anybody else. */
export const sessionEnd = z.object({
  reason: z.enum(sessionEndReasons),
  endedAt: z.iso.datetime().nullable().describe("Null: not known to the minute."),
  endedBy: z.enum(["self", "administrator"]).nullable().describe("Null: nobody, it ran out."),
  idleSeconds: z.number().int().nullable(),
  lastedSeconds: z.number().int().nullable().describe("From the sign-in to the absolute limit."),
  sessionsMax: z
    .number()
    .int()
    .nullable()
    .describe("The present cap on the person's sessions, for one that ended by it."),
});

/** Why a session is over, as whoever held it is told. */
export type SessionEnd = z.output<typeof sessionEnd>;
