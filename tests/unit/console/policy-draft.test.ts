import { describe, expect, it } from "vitest";
import { placePolicyProblems } from "@/components/policies/place-policy-problems";
import { findPolicyProblems, policyChangesOf, toPolicyDraft } from "@/components/policies/policy-draft";
import type { EffectivePolicy, PolicyValues } from "@/lib/policies/schemas";

const own: PolicyValues = {
  sessionIdleSeconds: 5_400,
  sessionAbsoluteSeconds: null,
  concurrentSessionsMax: null,
  concurrentSessionsMode: null,
  secondFactorRequired: null,
  passwordLengthMin: 14,
  passwordComposition: ["digit"],
  signInMethods: null,
  allowedAddresses: ["203.0.113.0/24", "198.51.100.7"],
  auditRetentionDays: null,
  rememberMeAllowed: null,
  reauthenticationSeconds: null,
  sessionHistoryDays: null,
};

const bound: EffectivePolicy = {
  sessionIdleSeconds: 7_200,
  sessionAbsoluteSeconds: 86_400,
  concurrentSessionsMax: 5,
  concurrentSessionsMode: "end-oldest",
  secondFactorRequired: false,
  passwordLengthMin: 12,
  passwordComposition: ["symbol"],
  signInMethods: ["password"],
  allowedAddresses: null,
  auditRetentionDays: 365,
  rememberMeAllowed: true,
  reauthenticationSeconds: 300,
  sessionHistoryDays: 365,
};

describe("the form of the rules", () => {
  it("sends nothing where nothing was changed, and only what was", () => {
    const draft = toPolicyDraft(own);
    expect(policyChangesOf(own, draft, bound)).toEqual({});
    const edited = {
      ...draft,
      sessionIdleSeconds: "1.5",
      passwordLengthMin: " ",
      secondFactorRequired: "false" as const,
    };
    expect(policyChangesOf(own, edited, bound)).toEqual({
      sessionIdleSeconds: 90,
      passwordLengthMin: null,
      secondFactorRequired: false,
    });
  });

  it("names the platform's kinds of characters again in a list of one's own, and none where there is no own list", () => {
    const draft = { ...toPolicyDraft(own), passwordComposition: new Set(["upper"] as const) };
    expect(policyChangesOf(own, draft, bound)).toEqual({ passwordComposition: ["upper", "symbol"] });
    expect(policyChangesOf(own, { ...draft, passwordComposition: new Set() }, bound)).toEqual({
      passwordComposition: null,
    });
  });

  it("takes addresses one a line, and takes the rule back where none is left", () => {
    const draft = { ...toPolicyDraft(own), allowedAddresses: " 192.0.2.1\n\n192.0.2.2, 2001:db8::/32 " };
    expect(policyChangesOf(own, draft, bound)).toEqual({
      allowedAddresses: ["192.0.2.1", "192.0.2.2", "2001:db8::/32"],
    });
    expect(policyChangesOf(own, { ...draft, allowedAddresses: " \n" }, bound)).toEqual({ allowedAddresses: null });
  });

  it("refuses what the platform would refuse, in the unit of the field", () => {
    const draft = {
      ...toPolicyDraft(own),
      sessionIdleSeconds: "121",
      concurrentSessionsMax: "2.5",
      auditRetentionDays: "90",
    };
    expect(findPolicyProblems(draft, bound)).toMatchObject({
      sessionIdleSeconds: expect.stringContaining("120 minutes"),
      concurrentSessionsMax: expect.stringContaining("whole"),
      auditRetentionDays: expect.stringContaining("365 days"),
      passwordLengthMin: undefined,
    });
    expect(findPolicyProblems({ ...draft, concurrentSessionsMax: "x" }, null)).toMatchObject({
      sessionIdleSeconds: undefined,
      concurrentSessionsMax: expect.stringContaining("number"),
    });
  });

  it("puts the server's problems beside their fields, names the line, and leaves others to be said above", () => {
    const problem = { code: "INVALID_INPUT", title: "" };
    expect(
      placePolicyProblems({ ...problem, errors: [{ path: "allowedAddresses.1", message: "No address." }] }),
    ).toEqual({ allowedAddresses: "Line 2: No address." });
    expect(placePolicyProblems({ ...problem, errors: [{ path: "toString", message: "?" }] })).toBeNull();
    expect(placePolicyProblems(problem)).toBeNull();
  });
});
