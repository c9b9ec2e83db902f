import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { defineCommand } from "@/lib/operations/define-operation";
import { assertCallerStaysIn, assertNotLooser } from "./assert-policy-change";
import { planRoleLimits, saveRoleLimits } from "./change-role-limits";
import { readPolicy, tenantOf } from "./read-policy";
import { findRows, holdAdmissions, type PolicyChanges, save } from "./repository";
import { type Policy, type UpdatePolicyInput, updatedPolicy, updatePolicyInput } from "./schemas";
import { tightenExistingSessions } from "./tighten-sessions";

/**
 * Changes the rules of the caller's scope. A tenant may only be stricter than the platform; sessions that exist are
 * shortened to the new limits, sign-ins under way included.
 */
export const updatePolicy = defineCommand({
  name: "updatePolicy",
  summary: "Change the policy",
  scope: "either",
  permission: "settings.update",
  readPermission: "settings.read",
  audit: "policy.update",
  stepUp: true,
  input: updatePolicyInput,
  output: updatedPolicy,
  run: async (tools, wanted) => {
    const { ctx, tx } = tools;
    await holdAdmissions(tx);
    const tenantId = tenantOf(ctx);
    const before = await readPolicy(tools);
    if (tenantId !== null) assertNotLooser(wanted, before.platform);
    assertCallerStaysIn(ctx, wanted);
    const { roleLimits = [], ...rules } = wanted;
    const changes = toChanges(before, rules);
    const planned = await planRoleLimits(tx, { tenantId, wanted: roleLimits, platform: before.platform });
    const nothing = { count: 0, pending: false };
    if (Object.keys(changes).length + planned.length === 0) {
      return { result: { ...before, sessionsTightened: nothing }, event: null };
    }
    await saveRules(tx, { tenantId, changes });
    await saveRoleLimits(tx, tenantId, planned);
    const sessionsTightened = await tightenExistingSessions(tools, tenantId);
    const target =
      ctx.scope.kind === "tenant" ? { type: "tenant", id: ctx.scope.tenantId, name: ctx.scope.tenantSlug } : null;
    return {
      result: { ...(await readPolicy(tools)), sessionsTightened },
      event: { target, changes: Object.assign({}, changes, ...planned.map((one) => one.changes)) },
    };
  },
});

type Changes = Record<string, { before: unknown; after: unknown }>;

async function saveRules(
  tx: ScopedTx,
  { tenantId, changes }: { tenantId: string | null; changes: Changes },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  const own = (await findRows(tx, tenantId)).find((row) => row.tenantId === tenantId);
  await save(tx, { id: own?.id ?? null, tenantId, changes: toColumns(changes) });
}

function toChanges({ own }: Policy, wanted: Omit<UpdatePolicyInput, "roleLimits">): Changes {
  const named = Object.entries(wanted).filter(([, after]) => after !== undefined);
  const changes = named.map(([field, value]): [string, Changes[string]] => {
    // An empty list says nothing, like null.
    const after = Array.isArray(value) && value.length === 0 ? null : value;
    return [field, { before: Reflect.get(own, field), after }];
  });
  return Object.fromEntries(
    changes.filter(([, { before, after }]) => JSON.stringify(before) !== JSON.stringify(after)),
  );
}

const lists = new Set(["passwordComposition", "signInMethods", "allowedAddresses"]);

function toColumns(changes: Changes): PolicyChanges {
  return Object.fromEntries(
    Object.entries(changes).map(([field, { after }]) => [field, after === null && lists.has(field) ? [] : after]),
  );
}
