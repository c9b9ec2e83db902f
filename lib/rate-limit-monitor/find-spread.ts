import type { OperationTools } from "@/lib/operations/define-operation";
import { readSpread, readSpreadOf, type Spread } from "./live-store";
import type { RateLimitSpread, RateLimits } from "./schemas";
import { toSubjects } from "./to-subjects";
import { readTop } from "./top-store";

/** Rows of each list. */
const shownMax = 10;
/** Of a tenant's busiest accounts, those whose spread is asked for. */
const askedMax = 200;

type Tools = Pick<OperationTools<never>, "ctx" | "tx">;
/** `now` by Redis' clock, and the minutes over which attempts are counted. */
type Span = { now: number; minutes: readonly number[] };

/**
 * Addresses that try many accounts, and accounts that are tried from many addresses. A tenant sees its own accounts only:
 * over how many accounts an address is spread would tell of others'. Throws `UNAVAILABLE`.
 */
export async function findSpread(tools: Tools, span: Span): Promise<Pick<RateLimits, "spraying" | "stuffing">> {
  const tenantId = tools.ctx.scope.kind === "tenant" ? tools.ctx.scope.tenantId : null;
  const hour = Math.floor(span.now / 3_600_000);
  const accounts = await readTop({ dimension: "account", minutes: span.minutes, tenantId, rule: undefined });
  const stuffed =
    tenantId === null
      ? await readSpread("account", hour, shownMax)
      : await readSpreadOf(
          "account",
          hour,
          accounts.slice(0, askedMax).map(({ label }) => label),
        );
  const stuffing = await toRows(tools, { dimension: "account", found: stuffed, attempts: accounts });
  if (tenantId !== null) return { spraying: [], stuffing };
  const addresses = await readTop({ dimension: "address", minutes: span.minutes, tenantId, rule: undefined });
  const sprayed = await readSpread("address", hour, shownMax);
  return { stuffing, spraying: await toRows(tools, { dimension: "address", found: sprayed, attempts: addresses }) };
}

type Found = { dimension: "account" | "address"; found: Spread[]; attempts: { label: string; attempts: number }[] };

async function toRows({ tx }: Tools, { dimension, found, attempts }: Found): Promise<RateLimitSpread[]> {
  const counted = new Map(attempts.map((one) => [one.label, one.attempts]));
  const widest = found
    .filter(({ spread }) => spread > 1)
    .sort((a, b) => b.spread - a.spread || (a.label < b.label ? -1 : 1))
    .slice(0, shownMax);
  const subjects = await toSubjects(
    tx,
    widest.map(({ label }) => ({ dimension, label })),
  );
  return widest.flatMap(({ label, spread }, index) =>
    subjects[index] ? [{ subject: subjects[index], attempts: counted.get(label) ?? 0, spread }] : [],
  );
}
