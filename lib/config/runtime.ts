const runtimeKey = Symbol.for("gatehouse.runtime");

/** An object of which the process has exactly one, such as a connection pool. */
export type RuntimePart<T> = {
  /** Puts the part in place; the server, the CLI and test set-ups do this once, at their start. */
  set: (value: T) => void;
  /** The part; throws if nobody has put it in place. */
  get: () => T;
  /** The part, or undefined while it is not in place. */
  peek: () => T | undefined;
};

/**
 * Names a process-wide object. Next bundles its own copy of `lib/`, so a module variable would exist twice;
 * the registry on `globalThis` exists once.
 */
export function runtimePart<T>(name: string): RuntimePart<T> {
  // The registry is untyped storage; each name is declared by exactly one module, which fixes its type.
  const peek = () => registry().get(name) as T | undefined;
  return {
    set: (value) => {
      registry().set(name, value);
    },
    get: () => {
      const value = peek();
      if (value === undefined) throw new Error(`The runtime part "${name}" was read before the process had set it.`);
      return value;
    },
    peek,
  };
}

function registry(): Map<string, unknown> {
  const holder = globalThis as { [runtimeKey]?: Map<string, unknown> };
  holder[runtimeKey] ??= new Map();
  return holder[runtimeKey];
}
