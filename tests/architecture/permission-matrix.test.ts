import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltInRole, builtInRoles } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { isAppError } from "@/lib/errors/app-error";
import type { Operation } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { contextOf } from "../support/contexts";
import { startTestRuntime, type TestRuntime } from "../support/test-runtime";
import { findOperations } from "./all-operations";
import { openOperations, permissionTable, type Verdict } from "./permission-table";

let operations: Operation[];
let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
  operations = (await findOperations()).map(({ operation }) => operation);
});

afterAll(() => runtime.stop());

describe("the matrix of operations and built-in roles", () => {
  it("has a row for every operation, and none for anything else", () => {
    const named = operations.map(({ name }) => name).sort();
    expect(named).toEqual([...Object.keys(permissionTable), ...openOperations].sort());
  });

  it("has no operation without a permission but the open ones", () => {
    const open = operations.filter(({ permission }) => permission === null).map(({ name }) => name);
    expect(open).toEqual([...openOperations]);
  });

  it.each(builtInRoles.map((role) => [role.scope, role.key, role] as const))(
    "holds for the %s's %s, through runOperation",
    async (scope, key, role) => {
      const expected = operations
        .filter(({ permission }) => permission !== null)
        .map(({ name }) => [name, verdictOf(name, scope, key)]);
      const found: [string, Verdict][] = [];
      for (const operation of operations.filter(({ permission }) => permission !== null)) {
        found.push([operation.name, await attempt(operation, contextOf(role, toScope(scope)))]);
      }
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    },
  );
});

describe("an operation", () => {
  it("carries the name under which it is exported, in a file of that name", async () => {
    const misnamed = (await findOperations()).filter(({ path, exportName, operation }) => {
      const fileName = operation.name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return operation.name !== exportName || !path.endsWith(`/${fileName}.ts`);
    });
    expect(misnamed.map(({ path }) => path)).toEqual([]);
  });

  it("refuses fields that it does not know", async () => {
    const lenient = operations.filter(({ input }) => {
      const parsed = input.safeParse({ gatehouseUnknownField: 1 });
      return parsed.success || !parsed.error.issues.some((issue) => issue.code === "unrecognized_keys");
    });
    expect(lenient.map(({ name }) => name)).toEqual([]);
  });
});

function verdictOf(name: string, scope: BuiltInRole["scope"], key: string): Verdict | undefined {
  const cells: Record<string, Verdict> | undefined = permissionTable[name]?.[scope];
  return cells?.[key];
}

// Allow comes before parse: whoever gets as far as the refusal of an unknown field was allowed.
async function attempt(operation: Operation, ctx: RequestContext): Promise<Verdict> {
  try {
    await runOperation(operation, ctx, { gatehouseUnknownField: 1 });
  } catch (error) {
    if (isAppError(error) && error.code === "INVALID_INPUT") return "yes";
    if (isAppError(error) && error.code === "FORBIDDEN") return "no";
    if (isAppError(error) && error.code === "NOT_FOUND") return "hidden";
    throw error;
  }
  throw new Error(`${operation.name} accepted a field that it does not know.`);
}

function toScope(scope: BuiltInRole["scope"]): RequestContext["scope"] {
  return scope === "platform" ? { kind: "platform" } : { kind: "tenant", tenantId: newId(), tenantSlug: "somewhere" };
}
