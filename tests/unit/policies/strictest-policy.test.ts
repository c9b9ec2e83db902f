import { describe, expect, it } from "vitest";
import { strictestPolicy } from "@/lib/policies/strictest-policy";
import { noPolicy } from "@/lib/policies/to-policy-values";

describe("the strictest of what platform and tenant say", () => {
  it("is the code's where nobody says anything", () => {
    expect(strictestPolicy({ platform: null, tenant: null })).toEqual({
      sessionIdleSeconds: 7 * 86_400,
      sessionAbsoluteSeconds: 30 * 86_400,
      concurrentSessionsMax: null,
      concurrentSessionsMode: "end-oldest",
      secondFactorRequired: false,
      passwordLengthMin: 12,
      passwordComposition: [],
      signInMethods: ["password"],
      allowedAddresses: null,
      auditRetentionDays: 365,
      rememberMeAllowed: true,
      reauthenticationSeconds: 300,
      sessionHistoryDays: 365,
    });
  });

  it("stays so when the platform becomes stricter than the tenant already is", () => {
    const platform = {
      ...noPolicy,
      sessionIdleSeconds: 600,
      concurrentSessionsMax: 2,
      passwordLengthMin: 20,
      passwordComposition: ["digit" as const],
      allowedAddresses: ["10.1.0.0/16"],
      auditRetentionDays: 700,
    };
    const tenant = {
      ...noPolicy,
      sessionIdleSeconds: 1_200,
      concurrentSessionsMax: 5,
      passwordLengthMin: 14,
      passwordComposition: ["upper" as const],
      allowedAddresses: ["10.0.0.0/8"],
      auditRetentionDays: 400,
    };
    expect(strictestPolicy({ platform, tenant })).toMatchObject({
      sessionIdleSeconds: 600,
      concurrentSessionsMax: 2,
      passwordLengthMin: 20,
      passwordComposition: ["upper", "digit"],
      allowedAddresses: ["10.1.0.0/16"],
      auditRetentionDays: 700,
    });
  });
});
