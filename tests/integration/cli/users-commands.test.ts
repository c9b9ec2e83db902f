import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { auditEventsAbout, makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { cliTimeout, createCli } from "./run-cli";

describe("users on the command line", { timeout: cliTimeout }, () => {
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

  it("locks a user, which ends their sessions, and unlocks them again; one event each", async () => {
    const user = await makeUser();
    await runtime.makeSessions(user.id, 2);

    const locked = await cli.run(["--json", "users", "lock", user.email, "--reason", "left"]);
    const unlocked = await cli.run(["--json", "users", "unlock", user.id, "--reason", "came back"]);

    expect(locked.exitCode).toBe(0);
    expect(JSON.parse(locked.stdout)).toMatchObject({ id: user.id, status: "locked", lockedReason: "left" });
    expect(JSON.parse(unlocked.stdout)).toMatchObject({ id: user.id, status: "active", lockedAt: null });
    expect(await runtime.asSuperuser("select from session where user_id = $1", [user.id])).toEqual([]);
    const events = await auditEventsAbout(user.id);
    expect(events.map(({ action, actorType }) => [action, actorType])).toEqual([
      ["user.lock", "cli"],
      ["user.unlock", "cli"],
    ]);
  });

  it("forgets failed sign-ins, with one event", async () => {
    const user = await makeUser();
    await runtime.asSuperuser(
      `insert into account_lockout (account_digest, stranger_claims, locked_for_good, last_tried_at)
       values (sha256(convert_to($1, 'UTF8')), 90, true, now())`,
      [user.email],
    );
    const shown = await cli.run(["users", "show", user.email]);
    expect(shown.stdout).toContain("90 in a row");
    const unlocked = await cli.run(["--json", "users", "unlock-sign-in", user.email, "--reason", "called"]);
    expect(JSON.parse(unlocked.stdout)).toMatchObject({ id: user.id, signInLock: null });
    expect(await auditEventsAbout(user.id)).toMatchObject([{ action: "sign-in.unlock", actorType: "cli" }]);
  });

  it("creates a platform owner with a password from standard input, which is repeated nowhere", async () => {
    const email = `${newId()}@example.com`;
    const password = "seven cobalt walruses 42";
    const args = ["create-owner", "--email", email, "--name", "Ada", "--password-stdin"];

    const made = await cli.run(["--json", ...args], { input: `${password}\n` });
    const again = await cli.run(["--json", ...args], { input: `${password}\n` });

    expect(made.exitCode).toBe(0);
    const owner = JSON.parse(made.stdout);
    expect(owner).toMatchObject({ email, name: "Ada" });
    expect(made.stdout + made.stderr).not.toContain(password);
    expect(again).toMatchObject({ exitCode: 1, stdout: "" });
    expect(again.stderr).toContain('"code":"CONFLICT"');
    expect(await auditEventsAbout(owner.id)).toMatchObject([{ action: "platform.set-up", actorType: "cli" }]);
    const roles = await runtime.asSuperuser("select from platform_role_assignment where user_id = $1", [owner.id]);
    expect(roles).toHaveLength(1);
  });

  it("refuses a short password as bad usage and makes nobody", async () => {
    const email = `${newId()}@example.com`;

    const made = await cli.run(["create-owner", "--email", email, "--password-stdin"], { input: "short\n" });

    expect(made).toMatchObject({ exitCode: 2, stdout: "" });
    expect(made.stderr).toMatch(/password: /);
    expect(await runtime.asSuperuser('select from "user" where email = $1', [email])).toEqual([]);
  });

  it("answers a filter that does not exist with status 2, nothing on standard output and no stack", async () => {
    const run = await cli.run(["users", "list", "--status", "asleep"]);

    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toMatch(/status: /);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  it("prints the embedded database's URL only where there is one", async () => {
    const { exitCode, stderr } = await cli.run(["db", "url"]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("DATABASE_URL");
  });
});
