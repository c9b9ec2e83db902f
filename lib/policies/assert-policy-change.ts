import { AppError, type FieldError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { includesAddress, rangesBeyond } from "./address-ranges";
import type { EffectivePolicy, UpdatePolicyInput } from "./schemas";

/** Refuses a rule of a tenant that is looser than the platform's. Throws `INVALID_INPUT` naming each field. */
export function assertNotLooser(wanted: UpdatePolicyInput, platform: EffectivePolicy): void {
  const errors = [
    ...atMost("sessionIdleSeconds", wanted, platform),
    ...atMost("sessionAbsoluteSeconds", wanted, platform),
    ...atMost("concurrentSessionsMax", wanted, platform),
    ...atMost("reauthenticationSeconds", wanted, platform),
    ...atLeast("passwordLengthMin", wanted, platform),
    ...atLeast("auditRetentionDays", wanted, platform),
    ...listErrors(wanted, platform),
  ];
  if (errors.length === 0) return;
  throw new AppError("INVALID_INPUT", "A tenant's rules may only be stricter than the platform's.", { errors });
}

/** Refuses rules under which whoever sets them could not come back. Throws `INVALID_INPUT` or `CONFLICT`. */
export function assertCallerStaysIn(ctx: RequestContext, wanted: UpdatePolicyInput): void {
  if (wanted.secondFactorRequired === true) {
    throw new AppError(
      "CONFLICT",
      "Your own session has no second factor, and none can be set up here yet: requiring one would lock everybody out.",
    );
  }
  const { allowedAddresses } = wanted;
  if (!allowedAddresses || allowedAddresses.length === 0 || ctx.clientAddress === null) return;
  if (includesAddress(allowedAddresses, ctx.clientAddress)) return;
  throw new AppError("INVALID_INPUT", "These ranges would lock you out.", {
    errors: [{ path: "allowedAddresses", message: `Your own address, ${ctx.clientAddress}, must be among them.` }],
  });
}

type Upper = "sessionIdleSeconds" | "sessionAbsoluteSeconds" | "concurrentSessionsMax" | "reauthenticationSeconds";
type Lower = "passwordLengthMin" | "auditRetentionDays";

function atMost(path: Upper, wanted: UpdatePolicyInput, platform: EffectivePolicy): FieldError[] {
  const [value, bound] = [wanted[path] ?? null, platform[path]];
  if (value === null || bound === null || value <= bound) return [];
  return [{ path, message: `The platform allows at most ${bound}.` }];
}

function atLeast(path: Lower, wanted: UpdatePolicyInput, platform: EffectivePolicy): FieldError[] {
  const value = wanted[path] ?? null;
  if (value === null || value >= platform[path]) return [];
  return [{ path, message: `The platform asks for at least ${platform[path]}.` }];
}

// What a list leaves out of the platform's composition is asked for all the same; stating it would promise otherwise.
function listErrors(wanted: UpdatePolicyInput, platform: EffectivePolicy): FieldError[] {
  const errors: FieldError[] = [];
  const { passwordComposition, signInMethods, allowedAddresses, secondFactorRequired } = wanted;
  const left = platform.passwordComposition.filter((name) => !passwordComposition?.includes(name));
  if (passwordComposition && left.length > 0) {
    errors.push({ path: "passwordComposition", message: `The platform asks for ${left.join(", ")}, too.` });
  }
  const more = signInMethods?.filter((method) => !platform.signInMethods.includes(method)) ?? [];
  if (more.length > 0) errors.push({ path: "signInMethods", message: `The platform refuses ${more.join(", ")}.` });
  const beyond = platform.allowedAddresses ? rangesBeyond(platform.allowedAddresses, allowedAddresses ?? []) : [];
  if (beyond.length > 0) {
    errors.push({ path: "allowedAddresses", message: `The platform does not admit ${beyond.join(", ")}.` });
  }
  if (secondFactorRequired === false && platform.secondFactorRequired) {
    errors.push({ path: "secondFactorRequired", message: "The platform requires one." });
  }
  if (wanted.rememberMeAllowed === true && !platform.rememberMeAllowed) {
    errors.push({ path: "rememberMeAllowed", message: "The platform does not allow it." });
  }
  return errors;
}
