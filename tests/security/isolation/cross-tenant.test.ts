import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAppError } from "@/lib/errors/app-error";
import type { Operation } from "@/lib/operations/define-operation";
import { runOperation } from "@/lib/operations/run-operation";
import { findOperations } from "@/tests/architecture/all-operations";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { type Caller, type CrossTenantWorld, openCrossTenantWorld, ownRequest, snapshotOf } from "./cross-tenant-world";
import {
  fieldsOf,
  ownInput,
  type Swappable,
  sortsOf,
  swappablesOf,
  unknownFieldsOf,
  withSwapped,
} from "./operation-inputs";

// Made from the list of operations: a new one is called here, or fails the suite because a field of it is unknown.

// `GATEHOUSE_ISOLATION_CALLS` asks for more, or for fewer while working on the suite.
const callsWanted = Number(process.env["GATEHOUSE_ISOLATION_CALLS"] ?? 20_000);
const lanes = 6;

let runtime: TestRuntime;
let operations: Operation[];
let world: CrossTenantWorld;
let before: string[];

beforeAll(async () => {
  runtime = await startTestRuntime();
  const found = (await findOperations()).map(({ operation }) => operation);
  operations = found.filter(({ scope }) => scope === "either" || scope === "tenant");
  world = await openCrossTenantWorld(runtime, operations);
  before = await snapshotOf(runtime.asSuperuser, world.theirs);
}, 120_000);
afterAll(() => runtime.stop());

let calls = 0;
/** Answers by their code: a suite of which all calls stop at the permission would prove little. */
const outcomes = new Map<string, number>();

function count(outcome: string): void {
  calls += 1;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

/** What a caller is answered, as one text. Anything but an answer of the contract fails the test. */
async function ask(operation: Operation, caller: Caller, input: Record<string, unknown>): Promise<string> {
  try {
    const answer = await runOperation(operation, ownRequest(caller), input);
    count("answered");
    return JSON.stringify({ answer });
  } catch (error) {
    if (!isAppError(error) || error.code === "INTERNAL" || error.code === "UNAVAILABLE") throw error;
    count(error.code);
    return JSON.stringify({
      code: error.code,
      message: error.message,
      errors: error.errors,
      wait: error.retryAfterSeconds,
    });
  }
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** An answer without what was asked for, and without what is new in every answer. */
function comparable(answer: string, asked: string): string {
  return answer
    .replaceAll(asked, "?")
    .replaceAll(/"previewToken":"[^"]*"/g, "token")
    .replaceAll(uuid, "id")
    .replaceAll(time, "time");
}

function expectNoTrace(answer: string, asked: string, where: string): void {
  const rest = answer.replaceAll(asked, "?");
  const trace = world.foreignTraces.find((text) => rest.includes(text));
  if (trace !== undefined) throw new Error(`${where} shows ${trace}: ${rest}`);
}

type Pair = { swappable: Swappable; caller: Caller; foreign: string; absent: string };

async function expectAlike({ swappable, caller, foreign, absent }: Pair): Promise<void> {
  const { operation, field } = swappable;
  const where = `${operation.name}.${field} = ${foreign}, by the ${caller.name}`;
  const ofForeign = await ask(operation, caller, withSwapped(swappable, world, foreign));
  const ofAbsent = await ask(operation, caller, withSwapped(swappable, world, absent));
  expectNoTrace(ofForeign, foreign, where);
  expect(comparable(ofForeign, foreign), where).toBe(comparable(ofAbsent, absent));
}

/** What is no id, slug, address or cursor at all. */
const garbage = ["garbage", "' or 1=1 --", "null", "*", "%", "../users", "00000000-0000-0000-0000-000000000000", "٣"];

async function expectNothing(swappable: Swappable, caller: Caller, value: string): Promise<void> {
  const { operation, field } = swappable;
  const answer = await ask(operation, caller, withSwapped(swappable, world, value));
  expectNoTrace(answer, value, `${operation.name}.${field} = ${value}, by the ${caller.name}`);
}

/** Runs work in a few lanes at a time. */
async function inLanes(work: (() => Promise<void>)[]): Promise<void> {
  const waiting = [...work];
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await next();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const mayRun = ({ ctx }: Caller, { permission }: Operation) =>
  permission !== null && ctx.grants.permissions.has(permission);
const isAddress = ({ field }: Swappable) => field === "email" || field === "emails";

/** Everything that can be swapped, by everybody; addresses, which make something, have a test of their own. */
function everySwap(callersOf: (operation: Operation) => Caller[]): (() => Promise<void>)[] {
  const swaps = operations.flatMap(swappablesOf).filter((one) => !isAddress(one));
  return swaps.flatMap((swappable) =>
    callersOf(swappable.operation).flatMap((caller) =>
      (swappable.known.foreign?.(world) ?? []).map(
        (foreign) => () => expectAlike({ swappable, caller, foreign, absent: swappable.known.absent?.() ?? "" }),
      ),
    ),
  );
}

describe("across tenants", () => {
  it("every field of every operation is known to this suite", () => {
    expect(operations.length).toBeGreaterThan(30);
    const unknown = operations.flatMap((operation) =>
      unknownFieldsOf(operation).map((field) => `${operation.name}.${field}`),
    );
    expect(unknown).toEqual([]);
  });

  it("the inputs are acceptable, so that what is refused is refused for what was swapped", () => {
    for (const operation of operations) {
      const [swap] = swappablesOf(operation);
      const value = swap?.known.absent?.();
      const input = swap && value !== undefined ? withSwapped(swap, world, value) : ownInput(operation, world);
      expect(operation.input.safeParse(input).success, `${operation.name} ${JSON.stringify(input)}`).toBe(true);
    }
  });

  it("what is foreign is answered as what is absent, whoever asks, for every id, filter and reference", {
    timeout: 3_600_000,
  }, async () => {
    await inLanes(everySwap(() => world.callers));
    // The rest of the calls are by those who get past their permissions, where there is something to find.
    const permitted = (operation: Operation) => world.callers.filter((caller) => mayRun(caller, operation));
    while (calls < callsWanted) await inLanes(everySwap(permitted));
  });

  it("a cursor of another tenant's list is no cursor, whoever presents it", { timeout: 600_000 }, async () => {
    const lists = operations.filter(({ name }) => world.foreignCursors.has(name));
    expect(lists.length).toBeGreaterThan(5);
    for (const operation of lists) {
      const foreign = world.foreignCursors.get(operation.name) ?? "";
      const input = ownInput(operation, world);
      for (const caller of world.callers) {
        const ofForeign = await ask(operation, caller, { ...input, cursor: foreign });
        const ofAbsent = await ask(operation, caller, { ...input, cursor: randomBytes(60).toString("base64url") });
        expect(ofForeign, `${operation.name} by the ${caller.name}`).toBe(ofAbsent);
        if (mayRun(caller, operation)) expect(ofForeign).toContain("INVALID_INPUT");
      }
    }
  });

  it("no order and no garbage brings up anything of another tenant", { timeout: 600_000 }, async () => {
    const sorted = operations.flatMap((operation) =>
      [...sortsOf(operation), "tenantId", "homeTenant"].map((sort) => ({ operation, sort })),
    );
    const work = sorted.flatMap(({ operation, sort }) =>
      world.callers.map((caller) => async () => {
        if (!fieldsOf(operation).names.includes("sort")) return;
        const answer = await ask(operation, caller, { ...ownInput(operation, world), sort, limit: 100 });
        expectNoTrace(answer, sort, `${operation.name} in the order ${sort}, by the ${caller.name}`);
      }),
    );
    const swaps = operations.flatMap(swappablesOf).filter((one) => !isAddress(one));
    const nonsense = swaps.flatMap((swappable) =>
      world.callers.flatMap((caller) => garbage.map((value) => () => expectNothing(swappable, caller, value))),
    );
    await inLanes([...work, ...nonsense]);
  });

  it("an address that somebody has in another tenant is answered as one that nobody has", {
    timeout: 600_000,
  }, async () => {
    for (const swappable of operations.flatMap(swappablesOf).filter(isAddress)) {
      // Whoever may make accounts for the platform is told what is taken.
      const callers = world.callers.filter(({ ctx }) => !ctx.grants.platformPermissions.has("users.create"));
      for (const caller of callers) {
        const foreign = world.foreignAddresses.pop() ?? "";
        const absent = swappable.known.absent?.() ?? "";
        await expectAlike({ swappable, caller, foreign, absent });
        // Once more, now that an invitation of the same address is open here.
        await expectAlike({ swappable, caller, foreign, absent });
      }
    }
  });

  it("what names nothing shows and changes nothing of another tenant either", async () => {
    for (const operation of operations.filter((one) => swappablesOf(one).length === 0)) {
      for (const caller of world.callers) {
        const answer = await ask(operation, caller, ownInput(operation, world));
        expectNoTrace(answer, "-", `${operation.name} by the ${caller.name}`);
      }
    }
  });

  it("has left the other tenant exactly as it was, to the row and the transaction that wrote it", async () => {
    expect(before.length).toBeGreaterThan(40);
    expect(await snapshotOf(runtime.asSuperuser, world.theirs)).toEqual(before);
    const judged = ["answered", "NOT_FOUND", "INVALID_INPUT"].map((code) => outcomes.get(code) ?? 0);
    expect(judged.reduce((sum, many) => sum + many, 0)).toBeGreaterThan(calls / 2);
    const figures = [...outcomes].map(([code, many]) => `${code} ${many}`).join(", ");
    const size = `${operations.length} operations by ${world.callers.length} callers`;
    process.stdout.write(`tenant isolation: ${calls} calls of ${size} (${figures})\n`);
  });
});
