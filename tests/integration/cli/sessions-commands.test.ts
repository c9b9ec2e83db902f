import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { auditEventsAbout, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { makeSessions } from "../sessions/session-bed";
import { cliTimeout, createCli } from "./run-cli";

describe("sessions on the command line, with no server running", { timeout: cliTimeout }, () => {
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

  const history = (userId: string) =>
    runtime.asSuperuser<{ end_reason: string; ended_by_type: string; receipt_id: string }>(
      "select end_reason, ended_by_type, receipt_id from session_history where user_id = $1",
      [userId],
    );
  const alive = (userId: string) => runtime.asSuperuser("select from session where user_id = $1", [userId]);

  it("ends every session of a user found by address, and leaves exactly one event with the command line as actor", async () => {
    const user = await makeUser();
    await runtime.makeSessions(user.id, 3);

    const { exitCode, stdout } = await cli.run([
      ...["--json", "sessions", "revoke", "--user", user.email.toUpperCase(), "--reason", "taken over"],
    ]);

    expect(exitCode).toBe(0);
    const receipt = JSON.parse(stdout);
    expect(receipt).toMatchObject({ status: "complete", reason: "taken over", matched: 3, ended: 3, users: 1 });
    expect(receipt).toMatchObject({ worstCaseSeconds: 0, verified: { checked: 3, stillAccepted: 0 } });
    expect(receipt).toMatchObject({ actor: { type: "cli" }, stores: { redis: { status: "fenced" } } });
    expect(await alive(user.id)).toEqual([]);
    const ended = { end_reason: "revoked", ended_by_type: "cli", receipt_id: receipt.id };
    expect(await history(user.id)).toEqual([ended, ended, ended]);
    const events = await auditEventsAbout(user.id);
    expect(events).toMatchObject([
      { action: "session.revoke", outcome: "success", actorType: "cli", source: "cli", reason: "taken over" },
    ]);
  });

  it("finishes a revocation of more sessions than one transaction moves, and then the receipt is complete", async () => {
    const user = await makeUser();
    await runtime.asSuperuser(
      `insert into session (id, user_id, token_hash, expires_at, idle_seconds, platform_epoch, user_epoch)
       select gen_random_uuid(), $1::uuid, encode(sha256(convert_to($1::uuid::text || n, 'UTF8')), 'hex'), now() + interval '1 day', 3600, 0, 0
       from generate_series(1, 1200) n`,
      [user.id],
    );

    const { exitCode, stdout } = await cli.run([
      "--json",
      "sessions",
      "revoke",
      "--user",
      user.id,
      "--reason",
      "all of them",
    ]);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "complete", ended: 1200, users: 1, progress: { done: 1200 } });
    expect(await alive(user.id)).toEqual([]);
    expect(await history(user.id)).toHaveLength(1200);
  });

  it("ends one session by its id and prints the receipt as a document", async () => {
    const user = await makeUser();
    const [first, second] = await runtime.makeSessions(user.id, 2);

    const { exitCode, stdout } = await cli.run([
      "sessions",
      "revoke",
      "--session",
      first?.id ?? "",
      "--reason",
      "lost phone",
    ]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Receipt [0-9a-f-]{36}\n {2}Status +complete\n/);
    expect(stdout).toMatch(/Ended +1 session of 1 user/);
    expect(stdout).toMatch(/Reason +lost phone/);
    expect(await runtime.asSuperuser("select id from session where user_id = $1", [user.id])).toEqual([
      { id: second?.id },
    ]);
  });

  it("ends what matches the filters given, and with --dry-run only says what that would be", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    await makeSessions(user.id, 3, { ipAddress: "203.0.113.7", device: "mobile" });
    await makeSessions(other.id, 1, { ipAddress: "203.0.113.9", device: "desktop" });
    const filters = ["--ip", "203.0.113.0/29", "--device", "mobile", "--reason", "bad network"];

    const dry = await cli.run(["sessions", "revoke", ...filters, "--dry-run"]);
    const dryMachine = await cli.run(["--json", "sessions", "revoke", ...filters, "--dry-run"]);

    expect(dry.exitCode).toBe(0);
    expect(dry.stdout).toMatch(/^Nothing has been ended/);
    expect(dry.stdout).toMatch(/Sessions +3 sessions\n/);
    expect(dry.stdout).toContain(user.email);
    expect(JSON.parse(dryMachine.stdout)).toMatchObject({ matching: 3, users: 1, capped: false });
    expect(await alive(user.id)).toHaveLength(3);

    const { exitCode, stdout } = await cli.run(["--json", "sessions", "revoke", ...filters]);

    expect(exitCode).toBe(0);
    const filter = { ip: "203.0.113.0/29", device: "mobile" };
    expect(JSON.parse(stdout)).toMatchObject({ status: "complete", kind: "filter", filter, matched: 3, ended: 3 });
    expect(await alive(user.id)).toEqual([]);
    expect(await alive(other.id)).toHaveLength(1);
  });

  it("ends a whole tenant in that tenant's scope", async () => {
    const [tenant, user, stranger] = [await makeTenant(), await makeUser(), await makeUser()];
    await makeMembership(tenant.id, user.id);
    await makeSessions(user.id, 2, { activeTenantId: tenant.id });
    await runtime.makeSessions(stranger.id, 1);

    const args = ["--json", "sessions", "revoke", "--tenant", tenant.slug, "--reason", "breach"];
    const { exitCode, stdout } = await cli.run(args);

    expect(exitCode).toBe(0);
    const scope = { id: tenant.id, slug: tenant.slug, name: tenant.name };
    expect(JSON.parse(stdout)).toMatchObject({ status: "complete", kind: "tenant", scope, matched: 2, filter: {} });
    expect(await alive(user.id)).toEqual([]);
    expect(await alive(stranger.id)).toHaveLength(1);
    expect(await cli.run([...args.slice(0, 4), "no-such-tenant", "--reason", "x"])).toMatchObject({ exitCode: 1 });
  });

  it("ends more than one transaction moves, and comes back when it is complete, with --all", async () => {
    const user = await makeUser();
    await runtime.asSuperuser(
      `insert into session (id, user_id, token_hash, expires_at, idle_seconds, platform_epoch, user_epoch)
       select gen_random_uuid(), $1::uuid, encode(sha256(convert_to($1::uuid::text || n, 'UTF8')), 'hex'), now() + interval '1 day', 3600, 0, 0
       from generate_series(1, 1200) n`,
      [user.id],
    );

    const { exitCode, stdout, stderr } = await cli.run(["sessions", "revoke", "--all", "--reason", "restore"]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Status +complete\n/);
    expect(stdout).toMatch(/Filter +everything in the scope\n/);
    expect(stdout).toMatch(/Ended +1,20\d sessions/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await runtime.asSuperuser("select from session")).toEqual([]);
  });

  it("answers bad usage with status 2, and ends nothing", async () => {
    const user = await makeUser();
    await runtime.makeSessions(user.id, 1);
    const refused = [
      ["--reason", "x"],
      ["--all", "--user", user.id, "--reason", "x"],
      ["--session", newId(), "--ip", "10.0.0.1", "--reason", "x"],
      ["--ip", "10.0.0.0/99", "--reason", "x"],
      ["--created-after", "2026-02-01T00:00:00Z", "--created-before", "2026-01-01T00:00:00Z", "--reason", "x"],
      ["--user", user.id],
    ];
    for (const args of refused) {
      const { exitCode, stdout, stderr } = await cli.run(["sessions", "revoke", ...args]);
      expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 2, stdout: "" });
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    expect(await alive(user.id)).toHaveLength(1);
  });

  it("answers a session that does not exist with status 1 and one sentence, and changes nothing", async () => {
    const args = ["sessions", "revoke", "--session", newId(), "--reason", "no such thing"];

    const plain = await cli.run(args);
    const machine = await cli.run(["--json", ...args]);

    expect(plain).toMatchObject({ exitCode: 1, stdout: "" });
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    expect(machine).toMatchObject({ exitCode: 1, stdout: "" });
    expect(machine.stderr).toContain('"code":"NOT_FOUND"');
  });

  it("prints no control character that a stranger has put into a name", async () => {
    const user = await makeUser({ name: "Evil\u001b[2J\u202eName" });
    await runtime.makeSessions(user.id, 1);

    const shown = await cli.run(["users", "show", user.email]);

    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toMatch(/^Evil.*Name/);
    expect(shown.stdout).not.toContain("\u001b");
    expect(shown.stdout).not.toContain("\u202e");
  });

  it("lists a user's sessions without any token, as a table and as JSON", async () => {
    const user = await makeUser();
    const [session] = await runtime.makeSessions(user.id, 1);
    const args = ["sessions", "list", "--user", user.email];

    const table = await cli.run(args);
    const machine = await cli.run(["--json", ...args]);

    expect(table.stdout.split("\n")[0]).toMatch(/^USER +STATUS +SIGNED IN/);
    expect(table.stdout).toContain(session?.id);
    expect(JSON.parse(machine.stdout)).toMatchObject({
      data: [{ id: session?.id, user: { email: user.email } }],
      nextCursor: null,
    });
    expect(table.stdout + machine.stdout).not.toMatch(/token/i);
  });
});
