import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { carryOut, describe as describeCommand, draft, toCommand } from "./model-commands";
import { closeWorld, expectStored, openWorld, readStored } from "./model-world";
import type { ModelCommand } from "./reference-model";

// `GATEHOUSE_MODEL_SEQUENCES` asks for more, or for fewer while working on the rules.
const sequences = Number(process.env["GATEHOUSE_MODEL_SEQUENCES"] ?? 2_000);
const commandsMin = 30;
const lanes = 8;

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

type Tally = { allowed: number; refused: number };
const tallies = new Map<ModelCommand["kind"], Tally>();

function count(kind: ModelCommand["kind"], allowed: boolean): void {
  const tally = tallies.get(kind) ?? { allowed: 0, refused: 0 };
  tally[allowed ? "allowed" : "refused"] += 1;
  tallies.set(kind, tally);
}

// Only the first lane has owners of the platform, of which the last one stays: there is one platform for all lanes.
async function runLane(lane: number): Promise<void> {
  const property = fc.asyncProperty(
    fc.array(draft, { minLength: commandsMin, maxLength: commandsMin }),
    async (drafts) => {
      const world = await openWorld(runtime, lane === 0);
      const done: string[] = [];
      for (const wish of drafts) {
        const command = toCommand(world, wish);
        const expected = world.model.allows(command);
        const { allowed, createdId } = await carryOut(world, command);
        done.push(`${allowed ? "allowed" : "refused"} ${describeCommand(command)}`);
        if (allowed !== expected)
          throw new Error(`The rules say ${expected ? "allowed" : "refused"}:\n${done.join("\n")}`);
        if (allowed) world.model.apply(command, createdId);
        count(command.kind, allowed);
      }
      expect(await readStored(runtime, world)).toEqual(expectStored(world));
      await closeWorld(runtime, world);
    },
  );
  await fc.assert(property, { numRuns: Math.ceil(sequences / lanes), endOnFailure: true });
}

describe("the rules of ranks, roles and owners", () => {
  it("hold for any sequence of commands by anybody", { timeout: 3_600_000 }, async () => {
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
    const commands = [...tallies.values()].reduce((sum, { allowed, refused }) => sum + allowed + refused, 0);
    expect(commands).toBeGreaterThanOrEqual(sequences * commandsMin);
    // Of every kind some were allowed and some refused: a model that refuses all would prove nothing.
    for (const [kind, tally] of tallies) expect(Math.min(tally.allowed, tally.refused), kind).toBeGreaterThan(0);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const figures = [...tallies].map(([kind, { allowed, refused }]) => `${kind} ${allowed}/${refused}`).join(", ");
    process.stdout.write(`permission model: ${commands} commands in ${seconds} s (allowed/refused: ${figures})\n`);
  });
});
