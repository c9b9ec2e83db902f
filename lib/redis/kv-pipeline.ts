import { isOneSlot } from "./key-slot";
import { commandsOf, type KvCommands } from "./kv-commands";
import { keysOf, sendCommand, severalSlots } from "./kv-send";
import { fromAnswer, toArgument } from "./kv-values";
import { isCluster, type RedisClient } from "./redis-client";

/** What became of one command where errors are kept. */
export type KvOutcome = { result: unknown; error?: string };

/** Commands that are gathered and sent together; each returns the pipeline itself. */
export type KvPipeline = {
  [Name in keyof KvCommands]: (...values: Parameters<KvCommands[Name]>) => KvPipeline;
} & {
  /**
   * Sends them and answers in their order. Throws at the first that failed, naming it, unless errors are kept; throws for
   * an empty pipeline, and for a transaction whose keys a cluster has in several slots.
   */
  exec: {
    <TResults extends unknown[] = unknown[]>(): Promise<TResults>;
    (options: { keepErrors: true }): Promise<KvOutcome[]>;
  };
  length: () => number;
};

type Queued = { words: string[]; read: (answer: unknown) => unknown };
type Raw = { answer: unknown } | { error: string };

/** Makes a pipeline; `atomic`: one transaction (MULTI), in which nobody else's command comes in between. */
export function createPipeline(client: RedisClient, { atomic }: { atomic: boolean }): KvPipeline {
  const queue: Queued[] = [];
  const commands = commandsOf((words, read = fromAnswer) => {
    queue.push({ words: words.map(toArgument), read });
    return neverAwaited();
  });
  const exec = async ({ keepErrors = false }: { keepErrors?: boolean } = {}) => {
    if (queue.length === 0) throw new Error("Pipeline is empty");
    const raw = await (atomic ? sendTransaction(client, queue) : sendPipeline(client, queue));
    return raw.map((outcome, index) => {
      const { words, read } = queue[index] ?? { words: [], read: fromAnswer };
      if ("answer" in outcome) return keepErrors ? { result: read(outcome.answer) } : read(outcome.answer);
      if (keepErrors) return { result: undefined, error: outcome.error };
      throw new Error(`Command ${index + 1} [ ${words[0]} ] failed: ${outcome.error}`);
    });
  };
  return asChain(commands, { exec, length: () => queue.length });
}

// In a cluster the parts go to where their keys are, so the commands of one pipeline are sent side by side.
async function sendPipeline(client: RedisClient, queue: readonly Queued[]): Promise<Raw[]> {
  if (isCluster(client) || queue.some(({ words }) => words[0] === "scan")) {
    const answers = await Promise.allSettled(queue.map(({ words }) => sendCommand(client, words)));
    return answers.map((settled) =>
      settled.status === "fulfilled" ? { answer: settled.value } : { error: toText(settled.reason) },
    );
  }
  return execute(client.pipeline(), queue);
}

async function sendTransaction(client: RedisClient, queue: readonly Queued[]): Promise<Raw[]> {
  if (isCluster(client) && !isOneSlot(queue.flatMap(({ words }) => keysOf(words)))) throw severalSlots("multi");
  return execute(client.multi(), queue);
}

async function execute(pipeline: ReturnType<RedisClient["pipeline"]>, queue: readonly Queued[]): Promise<Raw[]> {
  for (const { words } of queue) pipeline.call(words[0] ?? "", ...words.slice(1));
  const answers = (await pipeline.exec()) ?? [];
  return answers.map(([error, answer]) => {
    const failure = error ?? (answer instanceof Error ? answer : null);
    return failure ? { error: failure.message } : { answer };
  });
}

const toText = (error: unknown) => (error instanceof Error ? error.message : String(error));

// A queued command has no answer of its own, and its method's caller gets the pipeline instead.
function neverAwaited<TAnswer>(): Promise<TAnswer> {
  return undefined as unknown as Promise<TAnswer>;
}

// Each method is the command's, with the pipeline for an answer: a mapping of which the compiler sees names only.
function asChain(commands: KvCommands, ends: { exec: unknown; length: () => number }): KvPipeline {
  const chain: Record<string, unknown> = { ...ends };
  for (const [name, command] of Object.entries(commands)) {
    chain[name] = (...values: unknown[]) => {
      Reflect.apply(command, undefined, values);
      return chain;
    };
  }
  return chain as KvPipeline;
}
