import type { PolicyChanges } from "@/components/policies/policy-draft";
import { fieldOf, limitRules } from "@/components/policies/role-limit-draft";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/**
 * The server's problems by field, or null where none of them belongs to one. A problem of one line names it; one of a
 * role's limits stands at that role, which the server names by its place in what was sent.
 */
export function placePolicyProblems(
  { errors = [] }: ActionProblem,
  { roleLimits = [] }: Pick<PolicyChanges, "roleLimits"> = {},
): Record<string, string> | null {
  const placed = errors.flatMap(({ path, message }): [string, string][] => {
    const [rule = "", line, limit] = path.split(".");
    if (rule === "roleLimits") return placeLimit(roleLimits[Number(line)]?.roleId, limit, message);
    if (!Object.hasOwn(text.field, rule)) return [];
    return [[rule, line === undefined ? message : text.problem.line(Number(line) + 1, message)]];
  });
  return placed.length === 0 ? null : Object.fromEntries(placed);
}

function placeLimit(roleId: string | undefined, limit: string | undefined, message: string): [string, string][] {
  const rule = limitRules.find((known) => known === limit);
  return roleId !== undefined && rule ? [[fieldOf(roleId, rule), message]] : [];
}
