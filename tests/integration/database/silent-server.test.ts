import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createPrismaClient, prismaClient } from "@/lib/db/prisma-client";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { listUsers } from "@/lib/users/list-users";
import { updateUser } from "@/lib/users/update-user";
import { platformContext } from "@/tests/support/contexts";
import { auditEventsOf, makeUser } from "@/tests/support/factories";
import { startSilentProxy } from "@/tests/support/silent-proxy";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

/** Before, ten seconds passed until anybody was told: a hang runs into this, an answer within two seconds never does. */
const patience = 6_000;
const poolMax = 3;
const unavailable = { code: "UNAVAILABLE", retryAfterSeconds: expect.any(Number) };

let runtime: TestRuntime;
let proxy: Awaited<ReturnType<typeof startSilentProxy>>;
let direct: ReturnType<typeof prismaClient.get>;
beforeAll(async () => {
  runtime = await startTestRuntime();
  const url = new URL(runtime.database.databaseUrl);
  proxy = await startSilentProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  direct = prismaClient.get();
  prismaClient.set(
    createPrismaClient({ databaseUrl: url.href, poolMax, patienceMilliseconds: 2_000, onConnectionError: () => {} }),
  );
});
afterAll(async () => {
  await prismaClient.get().$disconnect();
  prismaClient.set(direct);
  await proxy.stop();
  await runtime.stop();
});
afterEach(() => proxy.speak());

const list = () => runOperation(listUsers, platformContext("admin"), { limit: 1 });

describe("a Postgres that keeps its connections and answers nothing", () => {
  it("is told as UNAVAILABLE to whoever comes after, over old connections and over new ones", {
    timeout: patience,
  }, async () => {
    await list();
    proxy.fallSilent();
    await expect(list()).rejects.toMatchObject(unavailable);
    await expect(list()).rejects.toMatchObject(unavailable);
  });

  it("is told to everybody who waits for a free connection", { timeout: patience }, async () => {
    await Promise.all(Array.from({ length: poolMax }, list));
    proxy.fallSilent();
    const answers = await Promise.allSettled(Array.from({ length: poolMax * 4 }, list));
    for (const answer of answers) expect(answer).toMatchObject({ status: "rejected", reason: unavailable });
  });

  it("is told in the middle of a transaction, of which nothing is kept", { timeout: patience }, async () => {
    const user = await makeUser({ name: "Before" });
    const change = withScope({ kind: "platform" }, async (tx) => {
      await tx.user.updateMany({ where: { id: user.id }, data: { name: "After" } });
      proxy.fallSilent();
      await tx.user.findFirst({ where: { id: user.id }, select: { name: true } });
    });
    await expect(change).rejects.toMatchObject(unavailable);
    expect(await runtime.asSuperuser('select name from "user" where id = $1', [user.id])).toEqual([{ name: "Before" }]);
  });

  it("is told to a query outside transactions", { timeout: patience }, async () => {
    await list();
    proxy.fallSilent();
    await expect(prismaClient.get().user.findFirst({ select: { id: true } })).rejects.toThrow();
  });

  it("is asked again as soon as it answers, and what was refused can be repeated", { timeout: patience }, async () => {
    const user = await makeUser({ name: "Before" });
    const ctx = platformContext("admin");
    const rename = () => runOperation(updateUser, ctx, { userId: user.id, name: "After" });
    proxy.fallSilent();
    await expect(rename()).rejects.toMatchObject(unavailable);
    proxy.speak();
    expect(await rename()).toMatchObject({ name: "After" });
    expect((await auditEventsOf(ctx.requestId)).map(({ outcome }) => outcome)).toEqual(["success"]);
  });
});

it("a statement of a live Postgres may take longer than the death of one is given", async () => {
  const slept = withScope(
    { kind: "platform" },
    (tx) => tx.$queryRaw<{ done: boolean }[]>`select true as done from pg_sleep(2.2)`,
  );
  expect(await slept).toEqual([{ done: true }]);
});
