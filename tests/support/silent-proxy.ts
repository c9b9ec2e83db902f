import { connect, createServer, type Socket } from "node:net";

/** A way to a server that can swallow every byte, as a cut cable does: nothing is refused and nothing is answered. */
export async function startSilentProxy(target: { host: string; port: number }) {
  const ways: [Socket, Socket][] = [];
  let silent = false;
  const server = createServer((near) => {
    const far = connect(target);
    ways.push([near, far]);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (!silent) to.write(bytes);
      });
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    port: address.port,
    fallSilent: () => {
      silent = true;
    },
    speak: () => {
      silent = false;
    },
    stop: async () => {
      for (const way of ways) for (const socket of way) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
