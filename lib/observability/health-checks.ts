import { runtimePart } from "@/lib/config/runtime";

/** Whether one thing that the process needs is there; `detail` says what is wrong when it is not. */
export type HealthCheck = { status: "up" | "down"; detail?: string };

/** What `GET /api/health/ready` answers. */
export type Readiness = { status: "ready" | "unready"; checks: Record<string, HealthCheck> };

/** The checks of this process by name; each rejects with what is wrong. */
export const healthChecks = runtimePart<Record<string, () => Promise<void>>>("health-checks");

/** Milliseconds after which something that does not answer counts as down. */
const patienceMilliseconds = 1_500;

/** Asks everything that the process needs, at once. */
export async function checkReadiness(): Promise<Readiness> {
  const entries = await Promise.all(
    Object.entries(healthChecks.get()).map(async ([name, check]) => [name, await tryCheck(check)] as const),
  );
  const checks = Object.fromEntries(entries);
  const isReady = entries.every(([, { status }]) => status === "up");
  return { status: isReady ? "ready" : "unready", checks };
}

async function tryCheck(check: () => Promise<void>): Promise<HealthCheck> {
  const answered = check().then(
    (): HealthCheck => ({ status: "up" }),
    (error: unknown): HealthCheck => ({
      status: "down",
      detail: error instanceof Error ? error.message : String(error),
    }),
  );
  return Promise.race([answered, noAnswer()]);
}

function noAnswer(): Promise<HealthCheck> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ status: "down", detail: "did not answer in time" }), patienceMilliseconds).unref();
  });
}
