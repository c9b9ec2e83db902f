import { z } from "zod";

/** Longest time between two requests, in seconds. */
export const sessionIdleSeconds = z.number().int().min(60).max(604_800).describe("Longest time between two requests.");

/** Longest time from the sign-in on, in seconds. */
export const sessionAbsoluteSeconds = z
  .number()
  .int()
  .min(300)
  .max(2_592_000)
  .describe("Longest time from the sign-in on.");

/** Sessions that one person may have at a time. */
export const concurrentSessionsMax = z
  .number()
  .int()
  .min(1)
  .max(1_000)
  .describe("Sessions that one person may have at a time.");
