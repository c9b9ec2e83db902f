import { z } from "zod";
import { type Refusal, refusalsKey } from "@/lib/rate-limits/limit-keys";
import { ruleDimensions, ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import { readList } from "./live-store";

/** Refusals that Redis keeps. */
const keptMax = 200;

const refusal = z.object({
  at: z.coerce.number(),
  rule: z.enum(ruleKeys),
  blockId: z.string(),
  dimension: z.enum(ruleDimensions),
  label: z.string(),
  retryAfterMilliseconds: z.coerce.number(),
  tenantId: z.string().optional(),
  userId: z.string().optional(),
  address: z.string().optional(),
  path: z.string().optional(),
});

/** One of the last refusals; `nth` tells those of the same millisecond apart, the oldest first. */
export type LastRefusal = z.output<typeof refusal> & { nth: number };

/** The last refusals, newest first: at most 200. Throws `UNAVAILABLE`. */
export async function readRefusals(tenantId: string | null): Promise<LastRefusal[]> {
  const texts = await readList(refusalsKey(tenantId), keptMax);
  const parsed = texts.flatMap((text) => parse(text) ?? []).sort((a, b) => b.at - a.at);
  const seen = new Map<number, number>();
  return parsed
    .reverse()
    .map((one) => {
      const nth = seen.get(one.at) ?? 0;
      seen.set(one.at, nth + 1);
      return { ...one, nth };
    })
    .reverse();
}

function parse(text: string): z.output<typeof refusal> | undefined {
  const known: z.ZodType<Refusal> = refusal;
  try {
    return known.safeParse(JSON.parse(text)).data;
  } catch {
    // Another version of the program may have written it; it says nothing to this one.
    return undefined;
  }
}
