import pg from "pg";

const counted = new WeakSet<object>();
let answers = 0;

/** Counts what the database answers while `work` runs: one ReadyForQuery is one round trip. */
export async function countRoundTrips(work: () => Promise<unknown>): Promise<number> {
  watch();
  // The first run opens the connection and is watched from its second statement on.
  await work();
  const before = answers;
  await work();
  return answers - before;
}

// A connection is met when it is first used: whoever holds the pool does not hand out its clients.
function watch(): void {
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function query(
    this: pg.Client & { connection: NodeJS.EventEmitter },
    ...args: unknown[]
  ) {
    if (!counted.has(this)) {
      counted.add(this);
      this.connection.on("readyForQuery", () => {
        answers += 1;
      });
    }
    return Reflect.apply(original, this, args);
  };
}
