import { sayNumber } from "@/components/policies/number-rules";
import type { EffectivePolicy } from "@/lib/policies/schemas";
import { formatDuration } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

const TWO_DAYS = 172_800;

/** What a rule in force says, in words. */
export function sayRule(rule: keyof EffectivePolicy, policy: EffectivePolicy): string {
  switch (rule) {
    case "sessionIdleSeconds":
    case "sessionAbsoluteSeconds":
      return sayLimit(rule, policy[rule]);
    case "passwordLengthMin":
    case "auditRetentionDays":
    case "sessionHistoryDays":
    case "reauthenticationSeconds":
      return sayNumber(rule, policy[rule]);
    case "concurrentSessionsMax":
      return policy.concurrentSessionsMax === null ? text.anyNumber : sayNumber(rule, policy.concurrentSessionsMax);
    case "concurrentSessionsMode":
      return text.mode[policy.concurrentSessionsMode];
    case "secondFactorRequired":
      return policy.secondFactorRequired ? text.required : text.optional;
    case "rememberMeAllowed":
      return policy.rememberMeAllowed ? text.allowed : text.notAllowed;
    case "passwordComposition":
      return policy.passwordComposition.map((name) => text.class[name]).join(", ") || text.noClasses;
    case "signInMethods":
      return policy.signInMethods.map((method) => text.method[method] ?? method).join(", ");
    case "allowedAddresses":
      return policy.allowedAddresses === null ? text.anywhere : text.ranges(policy.allowedAddresses.length);
  }
}

/** A limit in words: nobody reads 10,080 minutes as a week. */
export function sayLimit(rule: "sessionIdleSeconds" | "sessionAbsoluteSeconds", seconds: number): string {
  const said = sayNumber(rule, seconds);
  return seconds < TWO_DAYS ? said : `${said} (${formatDuration(seconds)})`;
}
