import { expect, it } from "vitest";
import { parseCallerOperation, toCallerOperation } from "@/lib/rate-limits/caller-operation";
import { findOperations } from "./all-operations";

it("every operation is named so that a limit on it can be told from its label", async () => {
  const names = (await findOperations()).map(({ operation }) => operation.name);
  const labelled = names.map((name) => parseCallerOperation(toCallerOperation("session:x", name))?.operation);
  expect(names.length).toBeGreaterThan(0);
  expect(labelled).toEqual(names);
});
