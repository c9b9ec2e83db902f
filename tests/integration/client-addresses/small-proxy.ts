import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";

/** What a proxy says of whom it forwards for: as it should, nothing, junk, what it was told alone, or by RFC 7239 only. */
export type ProxyManner = "appends" | "silent" | "junk" | "passes on" | "forwarded";

/** A proxy in front of a server, as small as one can be. */
export type SmallProxy = { url: string; close: () => Promise<void> };

/** Starts a proxy that reaches `target` from `localAddress`, an address of the loopback network. */
export async function startSmallProxy(
  target: string,
  { manner, localAddress }: { manner: ProxyManner; localAddress: string },
): Promise<SmallProxy> {
  const server = createServer((incoming, response) => {
    const outgoing = request(`${target}${incoming.url ?? "/"}`, {
      method: incoming.method,
      headers: headersOf(incoming, manner),
      localAddress,
      agent: false,
    });
    outgoing.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: addressOf(server), close: () => shut(server) };
}

/** Where a server listens. */
export function addressOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The server listens on no port.");
  return `http://127.0.0.1:${bound.port}`;
}

function headersOf({ headers, socket }: IncomingMessage, manner: ProxyManner): IncomingMessage["headers"] {
  const { "x-forwarded-for": told, forwarded: _dropped, ...rest } = headers;
  // A client of a test comes from where it says; the tests' own machine has no other addresses.
  const client = String(rest["x-test-client"] ?? socket.remoteAddress);
  const before = told === undefined ? "" : `${told}, `;
  if (manner === "appends") return { ...rest, "x-forwarded-for": `${before}${client}` };
  if (manner === "junk") return { ...rest, "x-forwarded-for": `${before}unknown` };
  if (manner === "forwarded") return { ...rest, forwarded: `for="${client}"` };
  return manner === "passes on" && told !== undefined ? { ...rest, "x-forwarded-for": told } : rest;
}

/** Closes a server and every connection to it. */
async function shut(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
