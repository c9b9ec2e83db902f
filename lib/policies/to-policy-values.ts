import type { PolicyRow } from "./repository";
import { type PolicyValues, passwordClasses, sessionCapModes, signInMethods } from "./schemas";
import type { PolicyLevels } from "./strictest-policy";

/** What the stored rows of a platform and a tenant say. */
export function toPolicyLevels(rows: readonly PolicyRow[]): PolicyLevels {
  const find = (matches: (row: PolicyRow) => boolean) => {
    const row = rows.find(matches);
    return row ? toPolicyValues(row) : null;
  };
  return { platform: find(({ tenantId }) => tenantId === null), tenant: find(({ tenantId }) => tenantId !== null) };
}

/** What a scope that has said nothing says. */
export const noPolicy: PolicyValues = {
  sessionIdleSeconds: null,
  sessionAbsoluteSeconds: null,
  concurrentSessionsMax: null,
  concurrentSessionsMode: null,
  secondFactorRequired: null,
  passwordLengthMin: null,
  passwordComposition: null,
  signInMethods: null,
  allowedAddresses: null,
  auditRetentionDays: null,
  rememberMeAllowed: null,
  reauthenticationSeconds: null,
  sessionHistoryDays: null,
};

function toPolicyValues(row: PolicyRow): PolicyValues {
  return {
    sessionIdleSeconds: row.sessionIdleSeconds,
    sessionAbsoluteSeconds: row.sessionAbsoluteSeconds,
    concurrentSessionsMax: row.concurrentSessionsMax,
    concurrentSessionsMode: sessionCapModes.find((mode) => mode === row.concurrentSessionsMode) ?? null,
    secondFactorRequired: row.secondFactorRequired,
    passwordLengthMin: row.passwordLengthMin,
    passwordComposition: unlessEmpty(passwordClasses.filter((name) => row.passwordComposition.includes(name))),
    signInMethods: unlessEmpty(signInMethods.filter((method) => row.signInMethods.includes(method))),
    allowedAddresses: unlessEmpty(row.allowedAddresses),
    auditRetentionDays: row.auditRetentionDays,
    rememberMeAllowed: row.rememberMeAllowed,
    reauthenticationSeconds: row.reauthenticationSeconds,
    sessionHistoryDays: row.sessionHistoryDays,
  };
}

function unlessEmpty<Item>(items: Item[]): Item[] | null {
  return items.length === 0 ? null : items;
}
