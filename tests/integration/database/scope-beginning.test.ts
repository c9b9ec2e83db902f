import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prismaClient } from "@/lib/db/prisma-client";
import { withScope } from "@/lib/db/scoped-transaction";
import type { Prisma } from "@/prisma/generated/client";
import { makeTenant } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let tenantId: string;

beforeAll(async () => {
  runtime = await startTestRuntime();
  tenantId = (await makeTenant()).id;
});
afterAll(() => runtime.stop());

type Held = { role: string; tenant: string };

async function held(tx: Pick<Prisma.TransactionClient, "$queryRaw">): Promise<Held | undefined> {
  const rows = await tx.$queryRaw<Held[]>`
    select current_user::text as role, coalesce(current_setting('app.tenant_id', true), '') as tenant`;
  return rows[0];
}

const ofTenant = () => ({ role: "gatehouse_tenant", tenant: tenantId });
const ofPlatform = { role: "gatehouse_platform", tenant: "" };
const ofNobody = { role: "gatehouse_app", tenant: "" };

describe("a scoped transaction", () => {
  it("has its role and tenant from its first statement on", async () => {
    expect(await withScope({ kind: "tenant", tenantId }, held)).toMatchObject(ofTenant());
    expect(await withScope({ kind: "platform" }, held)).toMatchObject(ofPlatform);
  });

  it("keeps them to itself, however many begin at the same moment on few connections", async () => {
    const scopes = Array.from({ length: 60 }, (_, index) => index % 3);
    const found = await Promise.all(
      scopes.map((kind) => {
        if (kind === 0) return withScope({ kind: "tenant", tenantId }, held);
        if (kind === 1) return withScope({ kind: "platform" }, held);
        return prismaClient.get().$transaction((tx) => held(tx));
      }),
    );
    const wanted = scopes.map((kind) => [ofTenant(), ofPlatform, ofNobody][kind]);
    expect(found.map((row) => ({ role: row?.role, tenant: row?.tenant }))).toEqual(wanted);
  });

  it("gives nothing of them to transactions that begin inside of it", async () => {
    await withScope({ kind: "tenant", tenantId }, async (tx) => {
      expect(await prismaClient.get().$transaction((inner) => held(inner))).toMatchObject(ofNobody);
      expect(await withScope({ kind: "platform" }, held)).toMatchObject(ofPlatform);
      expect(await held(tx)).toMatchObject(ofTenant());
    });
  });

  it("leaves nothing behind on its connection, neither after a commit nor after an error", async () => {
    await withScope({ kind: "tenant", tenantId }, held);
    await withScope({ kind: "tenant", tenantId }, async () => Promise.reject(new Error("On purpose."))).catch(() => {});
    const found = await Promise.all(Array.from({ length: 20 }, () => held(prismaClient.get())));
    for (const row of found) expect(row).toMatchObject(ofNobody);
  });

  it("takes a tenant's id for a value, whatever it says", async () => {
    const tenant = "\\'; select set_config('role', 'gatehouse_platform', true); --";
    expect(await withScope({ kind: "tenant", tenantId: tenant }, held)).toEqual({ role: "gatehouse_tenant", tenant });
  });
});
