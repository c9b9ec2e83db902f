import { testAdapter } from "@better-auth/test-utils/adapter";
import type { BetterAuthOptions } from "better-auth";
import { Client } from "pg";
import { insertAuditEvents } from "@/lib/audit/repository";
import { auditedAdapter } from "@/lib/auth/audited-adapter";
import type { RowLayer } from "@/lib/auth/row-layer";
import { newId } from "@/lib/db/new-id";
import type { PrismaClient } from "@/prisma/generated/client";
import { createTestDatabase } from "../../../support/test-database";
import { createScratchClient } from "./scratch-client";
import { toScratchSchema } from "./scratch-schema";

type Suites = Parameters<typeof testAdapter>[0]["tests"];

/**
 * Declares the tests of Better Auth's official adapter suites against our decorated adapter with a row layer, each on
 * tables of a scratch schema, beside the real audit log.
 */
export async function declareConformance(layer: RowLayer, tests: Suites): Promise<void> {
  // The suites report to the console as they go; vitest reports the same.
  console.log = () => undefined;
  const database = await createTestDatabase();
  const connection = new URL(database.superuserUrl);
  connection.searchParams.set("options", "-c search_path=scratch,public");
  const sql = new Client({ connectionString: connection.href });
  await sql.connect();
  const clients = new Map<string, PrismaClient>();

  const clientFor = async (options: BetterAuthOptions) => {
    const { prisma } = toScratchSchema(options);
    const client = clients.get(prisma) ?? (await createScratchClient(prisma, connection.href));
    clients.set(prisma, client);
    return client;
  };

  const { execute } = await testAdapter({
    adapter: async (options) => auditedAdapter(await clientFor(options), layer),
    runMigrations: async (options) => {
      await sql.query("drop schema if exists scratch cascade; create schema scratch");
      await sql.query(toScratchSchema(options).sql);
    },
    tests,
    onFinish: async () => {
      await Promise.all([...clients.values()].map((client) => client.$disconnect()));
      await sql.end();
      await database.drop();
    },
  });
  execute();
}

/** Every change leaves its event in the transaction that makes it; rows pass as they are, as the suites compare them. */
export const recordingLayer: RowLayer = {
  toQuery: (query) => query,
  toCaller: (_model, row) => row,
  toList: (_model, row) => row,
  toInsert: async (_transaction, _model, data) => data,
  toUpdate: (_model, update) => update,
  deleting: async () => undefined,
  written: async ({ tx }, changes) => {
    await insertAuditEvents(
      tx,
      changes.map(({ model, before, after }) => toEvent(model, String((after ?? before)?.id))),
    );
  },
  toRefusal: (_model, error) => error,
};

function toEvent(targetType: string, targetId: string) {
  const nobody = {
    actorType: "anonymous",
    actorId: null,
    actorName: "anonymous",
    impersonatorId: null,
    impersonatorName: null,
  };
  const nothing = {
    tenantId: null,
    targetName: null,
    reason: null,
    changes: null,
    details: null,
    clientAddress: null,
    userAgent: null,
  };
  return {
    ...nobody,
    ...nothing,
    id: newId(),
    action: "verification.update" as const,
    outcome: "success" as const,
    targetType,
    targetId,
    requestId: newId(),
    source: "auth" as const,
  };
}
