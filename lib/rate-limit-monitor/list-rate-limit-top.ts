import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { lastMinutes } from "./last-minutes";
import { redisNow } from "./redis-answers";
import { listRateLimitTopInput, rateLimitTopEntry } from "./series-schemas";
import { toSubjects } from "./to-subjects";
import { readTop, type TopCount } from "./top-store";

const position = z.strictObject({ attempts: z.string().regex(/^\d{1,16}$/), label: z.string(), minute: z.string() });

/** The busiest network addresses, accounts, paths, or sessions and keys of the last minutes. */
export const listRateLimitTop = defineQuery({
  name: "listRateLimitTop",
  summary: "List the busiest of the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: listRateLimitTopInput,
  output: pageOutput(rateLimitTopEntry),
  run: async ({ ctx, tx }, { dimension, minutes, limit, cursor, search = "", rule }) => {
    const text = search.trim().toLowerCase();
    const filters = { dimension, minutes, rule, search: text };
    const binding = { name: "listRateLimitTop", scope: ctx.scope, filters, sort: "-attempts" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    // Later pages count the same minutes as the first: otherwise rows would move between them.
    const minute = after ? Number(after.minute) : Math.floor((await redisNow()) / 60_000);
    const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    const span = lastMinutes(minute, minutes);
    const counted = await readTop({ dimension, minutes: span, tenantId, rule, everybody: text !== "" });
    const wanted = counted.filter((entry) => entry.label.toLowerCase().includes(text) && isBehind(entry, after));
    const page = wanted.slice(0, limit);
    const subjects = await toSubjects(
      tx,
      page.map(({ label }) => ({ dimension, label })),
    );
    const last = wanted.length > limit ? page.at(-1) : undefined;
    return {
      data: page.flatMap(({ attempts }, index) => (subjects[index] ? [{ subject: subjects[index], attempts }] : [])),
      nextCursor: last
        ? encodeCursor(binding, { attempts: String(last.attempts), label: last.label, minute: String(minute) })
        : null,
    };
  },
});

function isBehind({ attempts, label }: TopCount, after: { attempts: string; label: string } | undefined): boolean {
  if (!after) return true;
  return attempts < Number(after.attempts) || (attempts === Number(after.attempts) && label > after.label);
}
