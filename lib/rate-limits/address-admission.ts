import { type DecisionFacts, decide } from "./decide";
import { toRefusalError } from "./refusal-error";
import type { RuleKey } from "./rule-catalogue";

/** What an address asks for under a rule of the dimension `address`; `tooMany` tells it that it has had its share. */
type AddressRequest = { rule: RuleKey; facts: DecisionFacts; tooMany: string };

/** Takes a place for the address in `facts`; where it is not known, there is none to be taken. Throws `RATE_LIMITED`. */
export async function admitAddress({ rule, facts, tooMany }: AddressRequest): Promise<void> {
  if (facts.address === null) return;
  const decision = await decide([{ rule, subject: facts.address }], facts);
  if (!decision.allowed) throw toRefusalError(decision, tooMany);
}
