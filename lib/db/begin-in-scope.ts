import { AsyncLocalStorage } from "node:async_hooks";
import { Client, type ClientConfig, escapeLiteral } from "pg";
import { runtimePart } from "@/lib/config/runtime";

/** The settings with which a transaction is to begin; `taken` once one has. */
type Beginning = { settings: Record<string, string>; taken: boolean };

// One for the process: Next's copy of `lib/` begins transactions on connections that the server's copy has made.
const beginnings = runtimePart<AsyncLocalStorage<Beginning>>("beginnings");

/**
 * Begins a transaction whose settings travel with its `BEGIN`, in one message, if its connection is a `ScopeClient`.
 * `transact` begins one and calls what it is given inside of it, with whether the settings have been made: if not, it is
 * for the caller to make them.
 */
export function beginWith<T>(
  settings: Record<string, string>,
  transact: (areMade: () => boolean) => Promise<T>,
): Promise<T> {
  const beginning: Beginning = { settings, taken: false };
  // Once it has been asked no other transaction takes them, whatever is begun inside this one.
  const areMade = () => {
    const { taken } = beginning;
    beginning.taken = true;
    return taken;
  };
  return storage().run(beginning, () => transact(areMade));
}

/** The statement that makes settings for the rest of a transaction. */
export function toSettingsStatement(settings: Record<string, string>): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  return `select ${calls.join(", ")}`;
}

/** A connection which begins transactions as `beginWith` says. */
export class ScopeClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.query = new Proxy(this.query, {
      apply: (ask, client, args) => Reflect.apply(ask, client, withSettings(args)),
    });
  }
}

function withSettings(args: unknown[]): unknown[] {
  const beginning = storage().getStore();
  if (!beginning || beginning.taken || textOf(args[0]) !== "BEGIN") return args;
  beginning.taken = true;
  return [`BEGIN; ${toSettingsStatement(beginning.settings)}`];
}

function textOf(query: unknown): unknown {
  return typeof query === "object" && query !== null ? Reflect.get(query, "text") : query;
}

function storage(): AsyncLocalStorage<Beginning> {
  const known = beginnings.peek();
  if (known) return known;
  const made = new AsyncLocalStorage<Beginning>();
  beginnings.set(made);
  return made;
}
