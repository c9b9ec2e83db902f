import { connect, createServer, type Socket } from "node:net";

/** Some bytes that were stopped on their way. */
export type Hold = {
  /** Resolves when the first bytes have been stopped. */
  held: Promise<void>;
  /** Lets everything that was stopped go on. */
  release: () => void;
};

/** A way from one instance to one store that can be made to fail. */
export type GateProxy = {
  port: number;
  /** Nothing is refused and nothing arrives, as behind a cut cable, until `heal`, after which old connections are gone. */
  blackHole: () => void;
  heal: () => void;
  /** From now on, what an instance sends is stopped at the first bytes that match, on every connection that sends such. */
  holdFrom: (matches: (text: string) => boolean) => Hold;
  /** Lets go whatever is stopped. */
  open: () => void;
  /** Resolves with the next bytes that an instance sends and that match; they go on. */
  seen: (matches: (text: string) => boolean) => Promise<void>;
  stop: () => Promise<void>;
};

type Gate = { matches: (text: string) => boolean; stopped: Map<Socket, Buffer[]>; onHeld: () => void };
type Watch = { matches: (text: string) => boolean; onSeen: () => void };

/** Starts it on loopback. */
export async function startGateProxy(target: { host: string; port: number }): Promise<GateProxy> {
  const sockets = new Set<Socket>();
  const watches = new Set<Watch>();
  const state: { isBlackHole: boolean; gate: Gate | null } = { isBlackHole: false, gate: null };
  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) sockets.add(socket);
    near.on("data", (bytes) => {
      if (state.isBlackHole) return;
      notice(watches, bytes);
      if (!stop(state.gate, far, bytes)) far.write(bytes);
    });
    far.on("data", (bytes) => {
      if (!state.isBlackHole) near.write(bytes);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: portOf(server.address()),
    blackHole: () => {
      state.isBlackHole = true;
    },
    heal: () => {
      state.isBlackHole = false;
      cut();
    },
    holdFrom: (matches) => {
      let onHeld = () => {};
      const held = new Promise<void>((resolve) => {
        onHeld = resolve;
      });
      const gate: Gate = { matches, stopped: new Map(), onHeld };
      state.gate = gate;
      return { held, release: () => release(state, gate) };
    },
    open: () => state.gate && release(state, state.gate),
    seen: (matches) =>
      new Promise((resolve) => {
        watches.add({ matches, onSeen: resolve });
      }),
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function notice(watches: Set<Watch>, bytes: Buffer): void {
  if (watches.size === 0) return;
  const text = bytes.toString("latin1");
  for (const watch of watches) {
    if (!watch.matches(text)) continue;
    watches.delete(watch);
    watch.onSeen();
  }
}

// Once a connection is stopped, what follows waits behind: a stream keeps its order.
function stop(gate: Gate | null, far: Socket, bytes: Buffer): boolean {
  if (gate === null) return false;
  const waiting = gate.stopped.get(far);
  if (waiting) waiting.push(bytes);
  else if (gate.matches(bytes.toString("latin1"))) {
    gate.stopped.set(far, [bytes]);
    gate.onHeld();
  } else return false;
  return true;
}

function release(state: { gate: Gate | null }, gate: Gate): void {
  if (state.gate === gate) state.gate = null;
  for (const [far, waiting] of gate.stopped) for (const bytes of waiting) if (!far.destroyed) far.write(bytes);
  gate.stopped.clear();
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return address.port;
}
