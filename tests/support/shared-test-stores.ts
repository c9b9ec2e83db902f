import { startTestStores, type TestStores } from "./test-stores";

type SharedStores = { users: number; started: ReturnType<typeof startTestStores> };

// Every project's set-up has its own copy of this module, in one process: the run shares one set of servers.
const key = Symbol.for("gatehouse.test-stores");
const shared: { current?: SharedStores } = Reflect.get(globalThis, key) ?? {};
Reflect.set(globalThis, key, shared);

/** The run's Postgres and Redis: started for the first who asks, stopped when the last has released them. */
export async function shareTestStores(): Promise<{ stores: TestStores; release: () => Promise<void> }> {
  shared.current ??= { users: 0, started: startTestStores() };
  const { current } = shared;
  current.users += 1;
  const { stores, stop } = await current.started;
  const release = async () => {
    current.users -= 1;
    if (current.users > 0) return;
    shared.current = undefined;
    await stop();
  };
  return { stores, release };
}
