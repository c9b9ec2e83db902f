import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { lockUser } from "@/lib/users/lock-user";
import { platformContext } from "@/tests/support/contexts";
import { makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { cliTimeout, createCli } from "./run-cli";

describe("the audit log on the command line", { timeout: cliTimeout }, () => {
  let runtime: TestRuntime;
  let cli: Awaited<ReturnType<typeof createCli>>;

  beforeAll(async () => {
    runtime = await startTestRuntime();
    cli = await createCli(runtime.database);
  });
  afterAll(async () => {
    cli.remove();
    await runtime.stop();
  });

  it("is searched for a text, here a part of a reason", async () => {
    const [user, word] = [await makeUser(), newId()];
    await runOperation(lockUser, platformContext("admin"), { userId: user.id, reason: `Ticket ${word}` });

    const found = await cli.run(["--json", "audit", "list", "--search", `ticket ${word}`]);
    const none = await cli.run(["audit", "list", "--search", newId()]);

    expect(found.exitCode).toBe(0);
    expect(JSON.parse(found.stdout).data).toMatchObject([{ action: "user.lock", target: { id: user.id } }]);
    expect(none).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("No events match.") });
  });
});
