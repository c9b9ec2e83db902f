import { z } from "zod";
import { cursorInput, limitInput, pageOutput } from "@/lib/operations/list-input";

/** Which page of the captured mail: newest first. */
export const listCapturedMailInput = z.strictObject({
  /** Part of the recipient's address. */
  to: z.string().trim().min(1).max(320).optional(),
  limit: limitInput,
  cursor: cursorInput,
});

/** A captured message in a list. */
export const capturedMailSummary = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  createdAt: z.iso.datetime(),
});

/** A page of captured mail. */
export const capturedMailPage = pageOutput(capturedMailSummary);

/** Which message. */
export const getCapturedMailInput = z.strictObject({ mailId: z.string().min(1).max(200) });

/** A captured message as it would have been sent. */
export const capturedMail = capturedMailSummary.extend({
  text: z.string(),
  /** Null for a message without an HTML part. */
  html: z.string().nullable(),
});

/** A row of the mailbox. */
export type CapturedMailSummary = z.infer<typeof capturedMailSummary>;
/** A message of the mailbox. */
export type CapturedMail = z.infer<typeof capturedMail>;
