import pg from "pg";

let answers = 0;

/** Counts what the database answers while `work` runs: one ReadyForQuery is one round trip. */
export async function countRoundTrips(work: () => Promise<unknown>): Promise<number> {
  watch();
  // The first run opens the connection.
  await work();
  const before = answers;
  await work();
  return answers - before;
}

type Answerable = { handleReadyForQuery: (...args: unknown[]) => unknown };

// At the question, which is told of its ReadyForQuery: whoever holds the pool does not hand out its connections.
function watch(): void {
  const question = toAnswerable(pg.Query.prototype);
  const original = question.handleReadyForQuery;
  question.handleReadyForQuery = function handleReadyForQuery(...args) {
    answers += 1;
    return Reflect.apply(original, this, args);
  };
}

// What pg calls at the end of every answer; its types know nothing of it.
function toAnswerable(prototype: object): Answerable {
  if (!("handleReadyForQuery" in prototype)) throw new Error("pg tells its questions no more when they are answered.");
  return prototype as Answerable;
}
