import { createServer } from "node:net";

/** A free loopback port: the preferred one if nobody listens there, else one of the system's choice. */
export async function freePort(preferred?: number): Promise<number> {
  return (
    (preferred && (await tryPort(preferred))) ||
    (await tryPort(0)) ||
    Promise.reject(new Error("The system has no free port."))
  );
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : null));
    });
  });
}
