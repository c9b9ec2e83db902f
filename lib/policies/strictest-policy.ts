import { passwordCharactersMin } from "@/lib/auth/password-policy";
import { sessionLimits } from "@/lib/sessions/session-limits";
import { commonRanges } from "./address-ranges";
import {
  type EffectivePolicy,
  type PolicyValues,
  passwordClasses,
  reauthenticationSecondsMax,
  signInMethods,
} from "./schemas";

const limits = sessionLimits({ isAdministrator: false, rememberMe: true });

/** What holds where nobody has said anything. */
const codePolicy: EffectivePolicy = {
  sessionIdleSeconds: limits.idleSeconds,
  sessionAbsoluteSeconds: limits.absoluteSeconds,
  concurrentSessionsMax: null,
  concurrentSessionsMode: "end-oldest",
  secondFactorRequired: false,
  passwordLengthMin: passwordCharactersMin,
  passwordComposition: [],
  signInMethods: [...signInMethods],
  allowedAddresses: null,
  auditRetentionDays: 365,
  rememberMeAllowed: true,
  reauthenticationSeconds: reauthenticationSecondsMax,
  sessionHistoryDays: 365,
};

/** What the platform and one tenant say; null: nothing. */
export type PolicyLevels = { platform: PolicyValues | null; tenant: PolicyValues | null };

/** The strictest of what the code and each level say. */
export function strictestPolicy({ platform, tenant }: PolicyLevels): EffectivePolicy {
  const days = platform?.auditRetentionDays ?? codePolicy.auditRetentionDays;
  const levels = [platform, tenant].filter((level) => level !== null);
  return levels.reduce(tighten, { ...codePolicy, auditRetentionDays: days });
}

function tighten(base: EffectivePolicy, own: PolicyValues): EffectivePolicy {
  return {
    sessionIdleSeconds: Math.min(base.sessionIdleSeconds, own.sessionIdleSeconds ?? base.sessionIdleSeconds),
    sessionAbsoluteSeconds: Math.min(
      base.sessionAbsoluteSeconds,
      own.sessionAbsoluteSeconds ?? base.sessionAbsoluteSeconds,
    ),
    concurrentSessionsMax: atMost(base.concurrentSessionsMax, own.concurrentSessionsMax),
    concurrentSessionsMode: own.concurrentSessionsMode ?? base.concurrentSessionsMode,
    secondFactorRequired: base.secondFactorRequired || own.secondFactorRequired === true,
    passwordLengthMin: Math.max(base.passwordLengthMin, own.passwordLengthMin ?? 0),
    passwordComposition: passwordClasses.filter(
      (name) => base.passwordComposition.includes(name) || own.passwordComposition?.includes(name),
    ),
    signInMethods: base.signInMethods.filter((method) => own.signInMethods?.includes(method) ?? true),
    allowedAddresses: bothAdmit(base.allowedAddresses, own.allowedAddresses),
    // Whoever needs the log longer keeps it longer; nobody may have it forgotten earlier.
    auditRetentionDays: Math.max(base.auditRetentionDays, own.auditRetentionDays ?? 0),
    rememberMeAllowed: base.rememberMeAllowed && own.rememberMeAllowed !== false,
    reauthenticationSeconds: Math.min(
      base.reauthenticationSeconds,
      own.reauthenticationSeconds ?? base.reauthenticationSeconds,
    ),
    // Neither way is stricter: who needs to look back wants more, who must forget wants less.
    sessionHistoryDays: own.sessionHistoryDays ?? base.sessionHistoryDays,
  };
}

/** The lower of two limits, where null is none. */
export function atMost(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function bothAdmit(one: string[] | null, other: string[] | null): string[] | null {
  if (one === null || other === null) return one ?? other;
  return commonRanges(one, other);
}
