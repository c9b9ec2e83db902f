import { defineQuery } from "@/lib/operations/define-operation";
import { type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { proposeRule } from "./propose-rule";
import { replayHeavyHitters } from "./replay-heavy-hitters";
import { replayRecorded } from "./replay-recorded";
import type { ReplayedSubject } from "./replay-result";
import { previewRateLimitRuleInput, rateLimitPreview } from "./rule-schemas";
import { findRules } from "./rules-repository";
import { valuesOf } from "./to-rule";
import { toSubjects } from "./to-subjects";

/** Subjects that are named. */
const shownMax = 100;

/**
 * Whom a proposed rule would have refused in the last 24 hours, and how often, against the rule as it is. Changes nothing.
 * Exact for rules that record attempts; for the others from the busiest of each minute, which the answer says.
 */
export const previewRateLimitRule = defineQuery({
  name: "previewRateLimitRule",
  summary: "Preview a change of a rule of the rate limits",
  scope: "platform",
  permission: "rate-limits.update",
  transactionSeconds: 20,
  input: previewRateLimitRuleInput,
  output: rateLimitPreview,
  run: async ({ tx }, { rule, ...proposal }) => {
    const changed = await findRules(tx, { inTenant: false });
    const current = valuesOf(rule, changed.find((row) => row.rule === rule) ?? null);
    const proposed = proposeRule(rule, current, proposal);
    const { algorithm, recorded } = ruleCatalogue[rule];
    const compared = { rule, proposed: { ...proposed, algorithm }, current: { ...current, algorithm } };
    const { subjects, from, to, ...found } =
      recorded === "attempts" ? await replayRecorded(tx, compared, Date.now()) : await replayHeavyHitters(compared);
    return {
      rule,
      proposed,
      current,
      ...found,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      ...sumUp(subjects),
      data: await toRows(tx, rule, subjects),
    };
  },
});

function sumUp(subjects: readonly ReplayedSubject[]) {
  const sum = (field: "attempts" | "refused" | "refusedNow") => subjects.reduce((total, one) => total + one[field], 0);
  const count = (wanted: (one: ReplayedSubject) => boolean) => subjects.filter(wanted).length;
  return {
    attempts: sum("attempts"),
    refused: sum("refused"),
    refusedNow: sum("refusedNow"),
    subjects: {
      refused: count(({ refused }) => refused > 0),
      refusedNow: count(({ refusedNow }) => refusedNow > 0),
      newly: count(({ refused, refusedNow }) => refused > 0 && refusedNow === 0),
      relieved: count(({ refused, refusedNow }) => refused === 0 && refusedNow > 0),
    },
  };
}

async function toRows(tx: Parameters<typeof toSubjects>[0], rule: RuleKey, subjects: readonly ReplayedSubject[]) {
  const most = ({ refused, refusedNow }: ReplayedSubject) => Math.max(refused, refusedNow);
  const shown = subjects
    .filter((one) => most(one) > 0)
    .sort((a, b) => most(b) - most(a) || b.attempts - a.attempts || (a.label < b.label ? -1 : 1))
    .slice(0, shownMax);
  const { dimension } = ruleCatalogue[rule];
  const named = await toSubjects(
    tx,
    shown.map(({ label, userId }) => ({ dimension, label, userId: dimension === "account" ? userId : null })),
  );
  return shown.flatMap(({ attempts, refused, refusedNow, firstRefusedAt }, index) => {
    const at = firstRefusedAt === null ? null : new Date(firstRefusedAt).toISOString();
    return named[index] ? [{ subject: named[index], attempts, refused, refusedNow, firstRefusedAt: at }] : [];
  });
}
