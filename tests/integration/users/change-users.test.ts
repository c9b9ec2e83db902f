import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { trustedContext } from "@/lib/operations/trusted-context";
import { createUser } from "@/lib/users/create-user";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { lockUser } from "@/lib/users/lock-user";
import { userDetail } from "@/lib/users/schemas";
import { unlockUser } from "@/lib/users/unlock-user";
import { updateUser } from "@/lib/users/update-user";
import { platformContext, userActor } from "../../support/contexts";
import { auditEventsAbout, auditEventsOf, makeUser } from "../../support/factories";
import { platformCaller } from "../../support/people";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const password = "correct horse battery staple";
const stale = () => platformContext("owner", { actor: userActor({ authenticatedAt: new Date(Date.now() - 301_000) }) });
const address = () => `${newId()}@example.com`;

describe("creating a user", () => {
  it("with a password makes an account that can sign in, and exactly one event", async () => {
    const ctx = platformContext("admin");
    const email = address();
    const created = await runOperation(createUser, ctx, {
      email: ` ${email.toUpperCase()} `,
      name: " Ada  ",
      password,
    });
    expect(created).toMatchObject({
      email,
      name: "Ada",
      status: "active",
      roles: [],
      activeSessions: { count: 0, capped: false },
    });
    const { id } = userDetail.parse(created);
    const events = await auditEventsOf(ctx.requestId);
    expect(events.map(({ action, outcome, targetId }) => [action, outcome, targetId])).toEqual([
      ["user.create", "success", id],
    ]);
    expect(JSON.stringify(events)).not.toContain(password);
    const stored = await runtime.asSuperuser<{ password: string }>("select password from account where user_id = $1", [
      id,
    ]);
    expect(stored.map((row) => row.password.slice(0, 9))).toEqual(["$argon2id"]);
  });

  it("without a password invites them by a mail with a link", async () => {
    const email = address();
    const created = await runOperation(createUser, platformContext("admin"), { email, name: "Grace" });
    expect(created.status).toBe("invited");
    await runtime.settle();
    const mails = await runtime.asSuperuser<{ text: string }>(`select text from captured_mail where "to" = $1`, [
      email,
    ]);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("/reset-password?token=");
  });

  it("stores compatible characters of an address as the plain ones, so that two spellings are one account", async () => {
    const id = newId();
    const created = await runOperation(createUser, platformContext("admin"), {
      email: `Ａ${id}＠example.com`,
      name: "A",
      password,
    });
    expect(created.email).toBe(`a${id}@example.com`);
    const again = runOperation(createUser, platformContext("admin"), {
      email: `a${id}@EXAMPLE.com`,
      name: "A",
      password,
    });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it.each(["аdmin@example.com", "a b@example.com", "admin", "@", "a@b", ""])(
    "refuses the address %j, which only looks like one",
    async (email) => {
      const refused = runOperation(createUser, platformContext("admin"), { email, name: "A", password });
      await expect(refused).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [expect.objectContaining({ path: "email" })],
      });
    },
  );

  it("writes a domain out in ASCII, so that one with a look-alike letter shows that it is another", async () => {
    const name = newId();
    const created = await runOperation(createUser, platformContext("admin"), {
      email: `${name}@exаmple.com`,
      name: "A",
      password,
    });
    expect(created).toMatchObject({ email: `${name}@xn--exmple-4nf.com` });
  });

  it("refuses a weak password and leaves nothing behind", async () => {
    const email = address();
    const refused = runOperation(createUser, platformContext("admin"), { email, name: "A", password: "password1234" });
    await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await runtime.asSuperuser('select 1 from "user" where email = $1', [email])).toEqual([]);
  });

  it("gives roles up to the caller's own and no further", async () => {
    const create = (ctx: RequestContext, key: "owner" | "admin" | "support") =>
      runOperation(createUser, ctx, { email: address(), name: "R", password, roles: [builtInRoleId("platform", key)] });
    expect((await create(await platformCaller("owner"), "owner")).roles.map(({ key }) => key)).toEqual(["owner"]);
    expect((await create(await platformCaller("admin"), "support")).roles.map(({ key }) => key)).toEqual(["support"]);
    for (const key of ["owner", "admin"] as const) {
      const ctx = await platformCaller("admin");
      await expect(create(ctx, key)).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect((await auditEventsOf(ctx.requestId)).map(({ action, outcome }) => [action, outcome])).toEqual([
        ["user.create", "denied"],
      ]);
    }
    await expect(create(stale(), "support")).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  });

  it.each([newId(), builtInRoleId("tenant", "admin")])(
    "refuses the role %s, which is none of the platform's",
    async (role) => {
      const refused = runOperation(createUser, platformContext("owner"), {
        email: address(),
        name: "R",
        password,
        roles: [role],
      });
      await expect(refused).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [expect.objectContaining({ path: "roles" })],
      });
    },
  );

  it("is refused to support, which leaves one denied event and no user", async () => {
    const ctx = platformContext("support");
    const email = address();
    await expect(runOperation(createUser, ctx, { email, name: "A", password })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await auditEventsOf(ctx.requestId)).map(({ outcome }) => outcome)).toEqual(["denied"]);
    expect(await runtime.asSuperuser('select 1 from "user" where email = $1', [email])).toEqual([]);
  });

  it("with one address by many at once makes one", async () => {
    const email = address();
    const attempts = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        runOperation(createUser, platformContext("owner"), { email, name: "A", password }),
      ),
    );
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") expect(attempt.reason).toMatchObject({ code: "CONFLICT" });
    }
  });
});

describe("one user", () => {
  it("is answered alike whether the id is unknown or no id at all", async () => {
    const ctx = platformContext("owner");
    for (const userId of [newId(), "nobody", "0", "%00", "a'; drop table session; --", "x".repeat(200)]) {
      const attempts = [
        runOperation(getUser, ctx, { userId }),
        runOperation(updateUser, ctx, { userId, name: "N" }),
        runOperation(lockUser, ctx, { userId, reason: "r" }),
        runOperation(unlockUser, ctx, { userId }),
        runOperation(deleteUser, ctx, { userId }),
      ];
      for (const attempt of await Promise.allSettled(attempts)) {
        expect(attempt).toMatchObject({
          status: "rejected",
          reason: { code: "NOT_FOUND", message: "There is no such user, or you may not see it." },
        });
      }
    }
  });
});

describe("changing a user", () => {
  it("keeps before and after in one event", async () => {
    const user = await makeUser({ name: "Before" });
    const ctx = platformContext("admin");
    expect(await runOperation(updateUser, ctx, { userId: user.id, name: "After" })).toMatchObject({ name: "After" });
    const events = await auditEventsOf(ctx.requestId);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ action: "user.update", changes: { name: { before: "Before", after: "After" } } });
  });

  it("to what they are already leaves no event", async () => {
    const user = await makeUser({ name: "Same" });
    const ctx = platformContext("admin");
    await runOperation(updateUser, ctx, { userId: user.id, name: "Same" });
    expect(await auditEventsOf(ctx.requestId)).toEqual([]);
  });

  it.each([{}, { name: "" }, { name: "A", email: "x@example.com" }, { name: "A", homeTenantId: newId() }, { name: 5 }])(
    "refuses %j",
    async (changes) => {
      const user = await makeUser({ name: "Kept" });
      const refused = runOperation(updateUser, platformContext("owner"), { userId: user.id, ...changes });
      await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT" });
      expect(await runOperation(getUser, platformContext("owner"), { userId: user.id })).toMatchObject({
        name: "Kept",
      });
    },
  );
});

describe("locking a user", () => {
  it("ends all their sessions and is undone by unlocking, which brings none of them back", async () => {
    const user = await makeUser();
    const sessions = await runtime.makeSessions(user.id, 3);
    const ctx = platformContext("support");
    const before = await runOperation(getUser, ctx, { userId: user.id });
    expect(before.activeSessions).toEqual({ count: 3, capped: false });
    const locked = await runOperation(lockUser, ctx, { userId: user.id, reason: "lost laptop" });
    expect(locked).toMatchObject({ status: "locked", lockedReason: "lost laptop", activeSessions: { count: 0 } });
    const unlocked = await runOperation(unlockUser, ctx, { userId: user.id });
    expect(unlocked).toMatchObject({
      status: "active",
      lockedAt: null,
      lockedReason: null,
      activeSessions: { count: 0 },
    });
    const history = await runtime.asSuperuser<{ id: string; end_reason: string }>(
      "select id, end_reason from session_history where user_id = $1",
      [user.id],
    );
    expect(history.map(({ id }) => id).sort()).toEqual(sessions.map(({ id }) => id).sort());
    expect(new Set(history.map(({ end_reason }) => end_reason))).toEqual(new Set(["lock"]));
    const events = await auditEventsAbout(user.id);
    expect(events.map(({ action, reason }) => [action, reason])).toEqual([
      ["user.lock", "lost laptop"],
      ["user.unlock", null],
    ]);
  });

  it("until a time holds only until then", async () => {
    const user = await makeUser();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const ctx = platformContext("admin");
    expect(await runOperation(lockUser, ctx, { userId: user.id, reason: "pause", until })).toMatchObject({
      lockedUntil: until,
    });
    const past = new Date(Date.now() - 1000).toISOString();
    await expect(runOperation(lockUser, ctx, { userId: user.id, reason: "pause", until: past })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      errors: [expect.objectContaining({ path: "until" })],
    });
  });

  it("asks for a reason", async () => {
    const user = await makeUser();
    await expect(runOperation(lockUser, platformContext("owner"), { userId: user.id })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  it("is refused for oneself and for everybody of one's own rank or above", async () => {
    const self = userActor();
    await makeUser({ id: self.id, platformRole: "owner" });
    const owner = platformContext("owner", { actor: self });
    await expect(runOperation(lockUser, owner, { userId: self.id, reason: "r" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    for (const [caller, target] of [
      ["support", "support"],
      ["support", "admin"],
      ["admin", "owner"],
      ["admin", "admin"],
    ] as const) {
      const user = await makeUser({ platformRole: target });
      const sessions = await runtime.makeSessions(user.id, 1);
      const refused = runOperation(lockUser, platformContext(caller), { userId: user.id, reason: "r" });
      await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
      const found = await runOperation(getUser, platformContext("owner"), { userId: user.id });
      expect(found).toMatchObject({ status: "active", activeSessions: { count: sessions.length } });
    }
  });
});

describe("deleting a user", () => {
  it("ends their sessions, and keeps the history and the log", async () => {
    const user = await makeUser();
    const [session] = await runtime.makeSessions(user.id, 1);
    const ctx = platformContext("admin");
    expect(await runOperation(deleteUser, ctx, { userId: user.id, reason: "asked for it" })).toBeNull();
    await expect(runOperation(getUser, ctx, { userId: user.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const history = await runtime.asSuperuser("select id, end_reason from session_history where user_id = $1", [
      user.id,
    ]);
    expect(history).toEqual([{ id: session?.id, end_reason: "deletion" }]);
    const events = await auditEventsAbout(user.id);
    expect(events.map(({ action, targetName, reason }) => [action, targetName, reason])).toEqual([
      ["user.delete", user.email, "asked for it"],
    ]);
  });

  it("asks for a fresh proof, and leaves them alone without one", async () => {
    const user = await makeUser();
    await expect(runOperation(deleteUser, stale(), { userId: user.id })).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    expect(await runOperation(getUser, stale(), { userId: user.id })).toMatchObject({ id: user.id });
  });
});

describe("the last owner", () => {
  /** Leaves these as the only owners who can sign in. */
  async function onlyOwners(count: number) {
    await runtime.asSuperuser("truncate platform_role_assignment");
    return Promise.all(Array.from({ length: count }, () => makeUser({ platformRole: "owner" })));
  }

  it("can be neither locked nor deleted, not even from the command line", async () => {
    const [owner] = await onlyOwners(1);
    const userId = owner?.id;
    const cli = trustedContext("cli", "root");
    await expect(runOperation(lockUser, cli, { userId, reason: "r" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(runOperation(deleteUser, cli, { userId })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await runOperation(getUser, cli, { userId })).toMatchObject({ status: "active" });
  });

  it("remains when the last ones lock and delete one another at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const owners = await onlyOwners(3);
      const acts = owners.map((actor, index) => {
        const ctx = platformContext("owner", { actor: userActor({ id: actor.id }) });
        const userId = owners[(index + 1) % owners.length]?.id;
        return index === 0
          ? runOperation(deleteUser, ctx, { userId })
          : runOperation(lockUser, ctx, { userId, reason: "each other" });
      });
      await Promise.allSettled(acts);
      const left = await withScope({ kind: "platform" }, (tx) =>
        tx.user.count({ where: { id: { in: owners.map(({ id }) => id) }, lockedAt: null } }),
      );
      expect(left).toBeGreaterThan(0);
    }
  });
});
