import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** The server's problems by rule, or null where none of them belongs to a field. A problem of one line names it. */
export function placePolicyProblems({ errors = [] }: ActionProblem): Record<string, string> | null {
  const placed = errors
    .filter(({ path }) => Object.hasOwn(text.field, path.split(".")[0] ?? ""))
    .map(({ path, message }): [string, string] => {
      const [rule = "", line] = path.split(".");
      return [rule, line === undefined ? message : text.problem.line(Number(line) + 1, message)];
    });
  return placed.length === 0 ? null : Object.fromEntries(placed);
}
