import { expect, it } from "vitest";
import { parseCallerOperation, toCallerOperation } from "@/lib/rate-limits/caller-operation";
import { parseBlockId, subjectHash, toBlockId } from "@/lib/rate-limits/limit-keys";
import { maskAccount } from "@/lib/rate-limits/mask-account";
import { isRuleKey, ruleCatalogue, ruleKeys } from "@/lib/rate-limits/rule-catalogue";

it("rules have codes of their own and defaults within their bounds", () => {
  const codes = ruleKeys.map((key) => ruleCatalogue[key].code);
  expect(new Set(codes).size).toBe(ruleKeys.length);
  for (const key of ruleKeys) {
    const { limit, windowSeconds, bounds, code } = ruleCatalogue[key];
    expect(code).toMatch(/^[a-z]{2}$/);
    expect(limit).toBeGreaterThanOrEqual(bounds.limit[0]);
    expect(limit).toBeLessThanOrEqual(bounds.limit[1]);
    expect(windowSeconds).toBeGreaterThanOrEqual(bounds.windowSeconds[0]);
    expect(windowSeconds).toBeLessThanOrEqual(bounds.windowSeconds[1]);
  }
});

it("a block id leads back to its rule and subject, and no other text does", () => {
  const hash = subjectHash("account", "somebody@example.com");
  expect(parseBlockId(toBlockId("sign-in-account", hash))).toEqual({ rule: "sign-in-account", hash });
  for (const text of ["", "sign-in-account", `none:${hash}`, "sign-in-account:short", `toString:${hash}`])
    expect(parseBlockId(text)).toBeNull();
  expect(isRuleKey("constructor")).toBe(false);
});

it("the label of an operation leads back to its caller, and no other label does", () => {
  const caller = "api-key:0193a1f0-0000-7000-8000-000000000001";
  expect(parseCallerOperation(toCallerOperation(caller, "listUsers"))).toEqual({ caller, operation: "listUsers" });
  for (const label of ["", caller, `${caller}/`, `${caller}/api/v1/users`, "somebody/listUsers"])
    expect(parseCallerOperation(label)).toBeNull();
});

it("what is shown of an account that is no user's gives away neither name nor a password typed in its place", () => {
  expect(maskAccount("somebody@example.com")).toBe("s…@example.com");
  expect(maskAccount("correct horse battery")).toBe("c…");
  expect(maskAccount("")).toBe("…");
});
