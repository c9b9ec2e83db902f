import { isAppError } from "@/lib/errors/app-error";
import { type Charge, type Decision, type DecisionFacts, decide } from "@/lib/rate-limits/decide";
import { toBlockId } from "@/lib/rate-limits/limit-keys";
import { currentRule, refreshLimitSettings } from "@/lib/rate-limits/limit-settings";
import { hashOfCharge } from "@/lib/rate-limits/plan-decision";
import { type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { redisClient } from "@/lib/redis/redis-client";
import type { TestRuntime } from "@/tests/support/test-runtime";

const nobody: DecisionFacts = { tenantId: null, path: "/api/auth/sign-in/email", address: null };

/** Asks the limiter so often, one after another. */
export async function decideTimes(
  times: number,
  charges: readonly Charge[],
  facts: Partial<DecisionFacts> = {},
): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (let time = 0; time < times; time += 1) decisions.push(await decide(charges, { ...nobody, ...facts }));
  return decisions;
}

/** Runs one rule full for a subject, and once more; the id of the block that this makes. */
export async function runFull(rule: RuleKey, subject: string, facts: Partial<DecisionFacts> = {}): Promise<string> {
  await decideTimes(ruleCatalogue[rule].limit + 1, [{ rule, subject }], facts);
  return toBlockId(rule, hashOfCharge({ rule, subject }));
}

/** Whether the limiter would let a subject through now. It takes a place if so. */
export async function isLetThrough(
  rule: RuleKey,
  subject: string,
  facts: Partial<DecisionFacts> = {},
): Promise<boolean> {
  const [decision] = await decideTimes(1, [{ rule, subject }], facts);
  return decision?.allowed === true;
}

/** The block that refuses a subject now; null where nothing does, and then a place is taken. */
export async function refusedBy(
  rule: RuleKey,
  subject: string,
  facts: Partial<DecisionFacts> = {},
): Promise<string | null> {
  const [decision] = await decideTimes(1, [{ rule, subject }], facts);
  return decision && !decision.allowed ? decision.blockId : null;
}

/** Brings this process's copy of rules, blocks and exemptions up to date, as a second's time would have. */
export async function awaitSettings(isThere: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error("The settings did not come within ten seconds.");
    await refreshLimitSettings();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Sets a rule to other bounds, which this process knows afterwards. */
export async function setRule(
  { asSuperuser }: Pick<TestRuntime, "asSuperuser">,
  { rule, limit, windowSeconds }: { rule: RuleKey; limit: number; windowSeconds: number },
): Promise<void> {
  await asSuperuser(
    `insert into rate_limit_rule (rule, limit_count, window_seconds, updated_by_type, updated_by_name)
     values ($1, $2, $3, 'user', 'Somebody')`,
    [rule, limit, windowSeconds],
  );
  await awaitSettings(() => currentRule(rule).limit === limit);
}

/** Forgets who was busy until now: whoever reads is busy as well. */
export async function forgetTops(): Promise<void> {
  const keys = await redisClient.get().keys("{rl}:top:*");
  if (keys.length > 0) await redisClient.get().del(...keys);
}

/** The code with which something was refused; undefined where it was not. */
export async function codeOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}
