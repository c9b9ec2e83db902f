import { z } from "zod";

/** Rows of a page: at most 100, 50 where the caller does not say. */
export const limitInput = z.number().int().min(1).max(100).default(50).describe("Rows of the page, at most 100.");

/** The `nextCursor` of the page before. */
export const cursorInput = z.string().min(1).max(2048).optional().describe("The nextCursor of the page before.");

// Postgres knows no year 0 and JavaScript writes years beyond 9999 in another form.
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(9999, 11, 31);

/** A moment, RFC 3339 with a zone, between 1900 and 9999; given on as the same moment in UTC with milliseconds. */
export const timeInput = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= earliest && Date.parse(text) < latest, "Not a date between 1900 and 9999.")
  .transform((text) => new Date(text).toISOString());

/** One line of text that people wrote, trimmed; `characters` bounds it. Control characters are refused. */
export function lineInput(characters: number) {
  return z
    .string()
    .max(characters * 4)
    .transform((text) => text.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(characters)
        .regex(/^\P{Cc}*$/u, "Control characters are not accepted."),
    );
}

/** Why somebody does something: kept in the audit log for ever. */
export const reasonInput = lineInput(500).describe("Why; kept in the audit log.");

/** What every list answers. */
export function pageOutput<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    nextCursor: z.string().nullable().describe("Pass it as cursor for the next page; null on the last one."),
  });
}
