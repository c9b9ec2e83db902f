import { defineCommand } from "@/lib/operations/define-operation";
import { assertCallerStaysIn, assertNotLooser } from "./assert-policy-change";
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
    const before = await readPolicy(tools);
    if (ctx.scope.kind === "tenant") assertNotLooser(wanted, before.platform);
    assertCallerStaysIn(ctx, wanted);
    const changes = toChanges(before, wanted);
    const nothing = { count: 0, pending: false };
    if (Object.keys(changes).length === 0) return { result: { ...before, sessionsTightened: nothing }, event: null };
    const tenantId = tenantOf(ctx);
    const own = (await findRows(tx, tenantId)).find((row) => row.tenantId === tenantId);
    await save(tx, { id: own?.id ?? null, tenantId, changes: toColumns(changes) });
    const sessionsTightened = await tightenExistingSessions(tools, tenantId);
    const target =
      ctx.scope.kind === "tenant" ? { type: "tenant", id: ctx.scope.tenantId, name: ctx.scope.tenantSlug } : null;
    return {
      result: { ...(await readPolicy(tools)), sessionsTightened },
      event: { target, changes },
    };
  },
});

type Changes = Record<string, { before: unknown; after: unknown }>;

function toChanges({ own }: Policy, wanted: UpdatePolicyInput): Changes {
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
