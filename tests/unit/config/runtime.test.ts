import { describe, expect, it } from "vitest";
import { runtimePart } from "@/lib/config/runtime";

describe("runtimePart", () => {
  it("gives every copy of a module the same object, by name", () => {
    const name = `part-${crypto.randomUUID()}`;
    const value = { pool: true };
    runtimePart<object>(name).set(value);
    expect(runtimePart<object>(name).get()).toBe(value);
  });

  it("throws with the part's name when it is read too early", () => {
    const name = `part-${crypto.randomUUID()}`;
    expect(runtimePart(name).peek()).toBeUndefined();
    expect(() => runtimePart(name).get()).toThrow(name);
  });
});
