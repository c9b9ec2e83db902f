import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand, defineQuery, type OperationTools } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import { platformContext, tenantContext, userActor } from "../../support/contexts";
import { auditEventsOf, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

type Step = (tools: OperationTools<{ name: string }>, userId: string) => Promise<void>;

/** Renames a user, then does what the test wants. */
function renaming(step: Step = async () => undefined, more: { stepUp?: boolean } = {}) {
  return defineCommand({
    name: "renameForTest",
    summary: "Rename",
    scope: "platform",
    permission: "users.update",
    readPermission: "users.read",
    audit: "user.update",
    ...more,
    input: z.strictObject({ userId: z.string(), name: z.string().min(1) }),
    output: z.object({ name: z.string() }),
    run: async (tools, { userId, name }) => {
      await tools.tx.user.updateMany({ where: { id: userId }, data: { name } });
      await step(tools, userId);
      return {
        result: { name, secret: "not declared" },
        event: { target: { type: "user", id: userId, name: null }, changes: { name: { before: "?", after: name } } },
      };
    },
  });
}

async function attempt(operation: ReturnType<typeof renaming>, ctx = platformContext("admin")) {
  const user = await makeUser({ name: "Before" });
  const result = await runOperation(operation, ctx, { userId: user.id, name: "After" }).then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error }),
  );
  const rows = await runtime.asSuperuser<{ name: string }>('select name from "user" where id = $1', [user.id]);
  const events = await auditEventsOf(ctx.requestId);
  return { ...result, name: rows[0]?.name, outcomes: events.map(({ outcome }) => outcome), events };
}

describe("a command", () => {
  it("commits the change with exactly one event that says who, whence and on what", async () => {
    const ctx = platformContext("admin");
    const { value, name, events } = await attempt(renaming(), ctx);
    expect([value, name]).toEqual([{ name: "After" }, "After"]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      action: "user.update",
      outcome: "success",
      actorType: "user",
      actorId: ctx.actor.id,
      actorName: "somebody@example.com",
      requestId: ctx.requestId,
      clientAddress: "192.0.2.1",
      source: "api",
      tenantId: null,
    });
  });

  it("answers only what its output declares", async () => {
    expect((await attempt(renaming())).value).not.toHaveProperty("secret");
  });

  it("that fails changes nothing and leaves one failure", async () => {
    const failing = renaming(async () => {
      throw new AppError("CONFLICT", "No.");
    });
    const { error, name, outcomes, events } = await attempt(failing);
    expect(error).toMatchObject({ code: "CONFLICT" });
    expect([name, outcomes]).toEqual(["Before", ["failure"]]);
    expect(events[0]?.details).toEqual({ code: "CONFLICT" });
  });

  it("that trips over a rule within leaves one denial", async () => {
    const denying = renaming(async () => {
      throw new AppError("FORBIDDEN", "No.");
    });
    expect(await attempt(denying)).toMatchObject({ name: "Before", outcomes: ["denied"] });
  });

  it("whose event cannot be written is rolled back", async () => {
    await runtime.asSuperuser(
      "alter table audit_event add constraint no_updates check (action <> 'user.update') not valid",
    );
    try {
      const { error, name } = await attempt(renaming());
      expect(error).toBeDefined();
      expect(name).toBe("Before");
    } finally {
      await runtime.asSuperuser("alter table audit_event drop constraint no_updates");
    }
  });

  it("whose last step before the commit fails is rolled back with its event", async () => {
    const failing = renaming(async ({ beforeCommit }) => {
      beforeCommit(async () => {
        throw new AppError("UNAVAILABLE", "No.");
      });
    });
    expect(await attempt(failing)).toMatchObject({ name: "Before", outcomes: [] });
  });

  it("whose step after the commit fails stays done", async () => {
    const failing = renaming(async ({ afterCommit }) => {
      afterCommit(async () => {
        throw new Error("Too late.");
      });
      afterCommit(async (result) => ({ name: `${result.name}, completed` }));
    });
    const { value, name, outcomes } = await attempt(failing);
    expect([value, name, outcomes]).toEqual([{ name: "After, completed" }, "After", ["success"]]);
  });

  it("queues its jobs if and only if it commits", async () => {
    const queueing = (fails: boolean) =>
      renaming(async ({ enqueue }, userId) => {
        await enqueue("finish-revocation", { receiptId: userId });
        if (fails) throw new AppError("CONFLICT", "No.");
      });
    const jobs = async () =>
      (await runtime.asSuperuser<{ n: number }>("select count(*)::int as n from graphile_worker.jobs"))[0]?.n ?? 0;
    const before = await jobs();
    await attempt(queueing(true));
    expect(await jobs()).toBe(before);
    await attempt(queueing(false));
    expect(await jobs()).toBe(before + 1);
  });

  it("asks for a proof of identity of the last five minutes where it says so", async () => {
    const aged = (seconds: number) =>
      platformContext("admin", { actor: userActor({ authenticatedAt: new Date(Date.now() - seconds * 1000) }) });
    expect((await attempt(renaming(undefined, { stepUp: true }), aged(299))).name).toBe("After");
    const { error, name, outcomes } = await attempt(renaming(undefined, { stepUp: true }), aged(301));
    expect(error).toMatchObject({ code: "STEP_UP_REQUIRED" });
    expect([name, outcomes]).toEqual(["Before", ["denied"]]);
  });
});

describe("a caller", () => {
  it("who may not read either is told that there is no such thing, before anything is parsed", async () => {
    const tenant = await makeTenant();
    const ctx = tenantContext("member", { tenantId: tenant.id, tenantSlug: tenant.slug });
    const operation = { ...renaming(), scope: "either" as const };
    await expect(runOperation(operation, ctx, "junk")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await auditEventsOf(ctx.requestId)).map(({ outcome, tenantId }) => [outcome, tenantId])).toEqual([
      ["denied", tenant.id],
    ]);
  });

  it("in a scope where the operation does not exist finds nothing", async () => {
    const tenant = await makeTenant();
    const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
    await expect(runOperation(renaming(), ctx, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is told the path of every refused field", async () => {
    await expect(
      runOperation(renaming(), platformContext("admin"), { userId: 1, name: "", extra: true }),
    ).rejects.toMatchObject({
      code: "INVALID_INPUT",
      errors: expect.arrayContaining([
        expect.objectContaining({ path: "userId" }),
        expect.objectContaining({ path: "name" }),
        expect.objectContaining({ path: "extra" }),
      ]),
    });
  });
});

describe("a query", () => {
  it("leaves no event unless it says so, and then one", async () => {
    const quiet = defineQuery({
      name: "quietForTest",
      summary: "Quiet",
      scope: "platform",
      permission: "users.read",
      input: z.strictObject({}),
      output: z.object({}),
      run: async () => ({}),
    });
    const silent = platformContext("auditor");
    await runOperation(quiet, silent, {});
    expect(await auditEventsOf(silent.requestId)).toEqual([]);
    const noted = {
      ...quiet,
      audit: { action: "audit.read" as const, event: () => ({ target: null, details: { filters: {} } }) },
    };
    const audited = platformContext("auditor");
    await runOperation(noted, audited, {});
    expect((await auditEventsOf(audited.requestId)).map(({ action }) => action)).toEqual(["audit.read"]);
  });
});
