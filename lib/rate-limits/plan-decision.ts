import { addressBlock } from "./address-block";
import type { AskedCharge, Question } from "./ask-redis";
import type { Charge, DecisionFacts } from "./decide";
import { counterKey, subjectHash } from "./limit-keys";
import { areAddressesBlocked, type CurrentRule, currentRule, findManualBlock, isExempt } from "./limit-settings";
import { limiterState } from "./limiter-state";
import { maskAccount } from "./mask-account";
import { toRecordedPath } from "./recorded-path";
import { type RuleKey, ruleCatalogue, ruleKeys } from "./rule-catalogue";
import { ruleForAddress } from "./rule-for-address";

const namesMax = 10_000;

/** How a subject is known in Redis. */
type Names = { hash: string; counter: string };

// A subject comes again and again, and hashing it costs more than everything else that is done for a decision here.
const names = new Map<RuleKey, Map<string, Names>>(ruleKeys.map((key) => [key, new Map()]));
let entries = 0;

/** What a decision comes to: the rules as they hold now, with whom they are asked about. */
export function planDecision(charges: readonly Charge[], facts: DecisionFacts): Question {
  const exempt = isExempt(facts.address, facts.userId ?? null);
  const recorded = {
    tenant: facts.tenantId ?? "",
    path: facts.path === null ? "" : toRecordedPath(facts.path),
    address: facts.address === null ? "" : addressBlock(facts.address),
    account: facts.userId ?? "",
    user: facts.userId ?? "",
    caller: "",
    "caller-operation": "",
    hash: "",
  };
  const asked = charges.map((charge): AskedCharge => {
    const { rule, subject } = ruleOf(charge);
    const { hash, counter } = namesOf(charge.rule, subject);
    if (rule.dimension !== "account") recorded[rule.dimension] = subject;
    else {
      recorded.hash = hash;
      if (recorded.account === "") recorded.account = maskAccount(subject);
    }
    return {
      rule,
      hash,
      counter,
      cost: exempt ? 0 : (charge.cost ?? 1),
      blockedBy: exempt ? null : toBlockedBy(hash),
    };
  });
  const [first] = asked;
  if (!exempt && first && recorded.address !== "" && areAddressesBlocked())
    first.blockedBy ??= toBlockedBy(subjectHash("address", recorded.address));
  entries += 1;
  return { charges: asked, entry: `${limiterState().instanceId}${entries.toString(36)}`, facts: recorded };
}

function ruleOf({ rule: key, subject }: Charge): { rule: CurrentRule; subject: string } {
  const rule = currentRule(key);
  if (rule.dimension !== "address") return { rule, subject };
  const block = addressBlock(subject);
  return { rule: ruleForAddress(rule, block), subject: block };
}

/** The hash of a charge's subject. */
export function hashOfCharge({ rule, subject }: Pick<Charge, "rule" | "subject">): string {
  const { dimension } = ruleCatalogue[rule];
  return subjectHash(dimension, dimension === "address" ? addressBlock(subject) : subject);
}

function toBlockedBy(hash: string): AskedCharge["blockedBy"] {
  const block = findManualBlock(hash);
  return block && { id: block.id, milliseconds: Math.max(1, Math.ceil(block.until - performance.now())) };
}

function namesOf(rule: RuleKey, subject: string): Names {
  const ofRule = names.get(rule);
  const known = ofRule?.get(subject);
  if (known) return known;
  const hash = subjectHash(ruleCatalogue[rule].dimension, subject);
  const made = { hash, counter: counterKey(rule, hash) };
  if ((ofRule?.size ?? 0) >= namesMax) ofRule?.clear();
  ofRule?.set(subject, made);
  return made;
}
