import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { trustedContext } from "@/lib/operations/trusted-context";
import { throttle } from "@/lib/rate-limits/throttle";
import { redisClient } from "@/lib/redis/redis-client";
import { platformContext, userActor } from "../../support/contexts";
import { type AuthFixture, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

/** How many of so many operations of one session are admitted. */
async function admitted(times: number): Promise<number> {
  const ctx = platformContext("owner", { actor: userActor() });
  const results = await Promise.allSettled(Array.from({ length: times }, () => throttle("anything", ctx)));
  return results.filter(({ status }) => status === "fulfilled").length;
}

describe("the throttle of operations", () => {
  it.each(["with Redis", "without"])(
    "admits 1,200 a minute per session and says when to come back, %s",
    async (where) => {
      const away =
        where === "without" ? vi.spyOn(redisClient.get(), "evalsha").mockRejectedValue(new Error("away")) : null;
      const count = await admitted(3_000);
      // What has been earned back while the test ran comes on top: twenty a second.
      expect(count).toBeGreaterThanOrEqual(1_200);
      expect(count).toBeLessThan(3_000);
      const ctx = platformContext("owner", { actor: userActor() });
      const refused = await Promise.allSettled(Array.from({ length: 3_000 }, () => throttle("anything", ctx)));
      const last = refused.findLast((result) => result.status === "rejected");
      expect(last?.reason).toMatchObject({
        code: "RATE_LIMITED",
        retryAfterSeconds: 1,
        rateLimit: { policy: "api", limit: 1_200, windowSeconds: 60 },
      });
      away?.mockRestore();
    },
  );

  it("leaves the command line alone", async () => {
    const results = Array.from({ length: 2_000 }, () => throttle("anything", trustedContext("cli", "root")));
    await expect(Promise.all(results)).resolves.toHaveLength(2_000);
  });
});
