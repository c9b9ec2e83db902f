import { defineQuery } from "@/lib/operations/define-operation";
import { unrememberedSecondsMax } from "@/lib/sessions/session-limits";
import { assertNotLooser } from "./assert-policy-change";
import { planRoleLimits } from "./change-role-limits";
import { countTightened, type ProposedLimit } from "./preview-repository";
import { readPolicy, tenantOf } from "./read-policy";
import { policyPreview, type UpdatePolicyInput, updatePolicyInput } from "./schemas";
import { atMost } from "./strictest-policy";

/** Sessions that a preview counts: more would cost what they cost to change. */
const countedMax = 1_000;

/** How many live sessions a change of the rules would shorten or end at once. Changes nothing. */
export const previewPolicy = defineQuery({
  name: "previewPolicy",
  summary: "Preview a change of the policy",
  scope: "either",
  permission: "settings.update",
  input: updatePolicyInput,
  output: policyPreview,
  run: async (tools, wanted) => {
    const { ctx, tx } = tools;
    const tenantId = tenantOf(ctx);
    const { platform } = await readPolicy(tools);
    if (tenantId !== null) assertNotLooser(wanted, platform);
    const planned = await planRoleLimits(tx, { tenantId, wanted: wanted.roleLimits ?? [], platform });
    const ofRoles = planned.map(
      ({ row }): ProposedLimit => ({
        roleId: row.roleId,
        idleSeconds: row.sessionIdleSeconds,
        absoluteSeconds: row.sessionAbsoluteSeconds,
      }),
    );
    const limits = [toScopeLimit(wanted), ...ofRoles].filter(
      ({ idleSeconds, absoluteSeconds }) => idleSeconds !== null || absoluteSeconds !== null,
    );
    const counted = await countTightened(tx, { tenantId, limits, limit: countedMax + 1 });
    return {
      shortened: Math.min(counted.shortened, countedMax),
      ended: Math.min(counted.ended, countedMax),
      capped: counted.shortened > countedMax,
    };
  },
});

// What stays as it is has shortened what it can.
function toScopeLimit(wanted: UpdatePolicyInput): ProposedLimit {
  const day = wanted.rememberMeAllowed === false ? unrememberedSecondsMax : null;
  return {
    roleId: null,
    idleSeconds: atMost(wanted.sessionIdleSeconds ?? null, day),
    absoluteSeconds: atMost(wanted.sessionAbsoluteSeconds ?? null, day),
  };
}
