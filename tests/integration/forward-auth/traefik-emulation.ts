import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { parse } from "yaml";
import { z } from "zod";
import { type Ports, readExample } from "./proxy-bed";
import type { RunningProxy } from "./run-proxy";

// What the examples use of Traefik's options; another one fails here, so that nothing passes for tried that is not.
const headersMiddleware = z.strictObject({
  customRequestHeaders: z.record(z.string(), z.literal("")),
  customResponseHeaders: z.record(z.string(), z.literal("")),
});
const forwardAuth = z.strictObject({
  address: z.url(),
  trustForwardHeader: z.literal(false),
  authRequestHeaders: z.array(z.string()).min(1),
  authResponseHeadersRegex: z.string().startsWith("(?i)"),
});
const middleware = z.union([
  z.strictObject({ forwardAuth: forwardAuth }),
  z.strictObject({ headers: headersMiddleware }),
]);
const router = z.strictObject({
  entryPoints: z.tuple([z.string()]),
  rule: z.literal("PathPrefix(`/`)"),
  middlewares: z.array(z.string()).default([]),
  service: z.string(),
});
const service = z.strictObject({
  loadBalancer: z.strictObject({ servers: z.tuple([z.strictObject({ url: z.url() })]) }),
});
const dynamicFile = z.strictObject({
  http: z.strictObject({
    routers: z.record(z.string(), router),
    middlewares: z.record(z.string(), middleware),
    services: z.record(z.string(), service),
  }),
});
const staticFile = z.strictObject({
  entryPoints: z.record(z.string(), z.strictObject({ address: z.string() })),
  providers: z.strictObject({ file: z.strictObject({ filename: z.literal("traefik-dynamic.yaml") }) }),
});

type Middleware = z.output<typeof middleware>;
type Headers = Record<string, string | string[]>;
type Exchange = { incoming: IncomingMessage; outgoing: ServerResponse; headers: Headers; body: Buffer };

// Traefik waits for thirty seconds; nothing else about an answer that never comes depends on how long.
const checkMilliseconds = 2_000;
const hopByHop = ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection"];

/**
 * Stands for Traefik, which no package source of a test machine carries: the rules of its documentation for routers,
 * `forwardAuth` and `headers`, as far as the examples use them, with the examples as its configuration.
 */
export async function emulateTraefik(ports: Ports): Promise<RunningProxy> {
  const { entryPoints } = staticFile.parse(parse(readExample("traefik.yaml", ports)));
  const { http } = dynamicFile.parse(parse(readExample("traefik-dynamic.yaml", ports)));
  const servers: Server[] = [];
  for (const {
    entryPoints: [entryPoint],
    middlewares,
    service: name,
  } of Object.values(http.routers)) {
    const steps = middlewares.map((step) => named(http.middlewares, step));
    const [{ url }] = named(http.services, name).loadBalancer.servers;
    const port = Number(named(entryPoints, entryPoint).address.split(":")[1]);
    servers.push(await open(port, (incoming, outgoing) => handle(incoming, outgoing, { steps, url })));
  }
  return {
    stop: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function named<Value>(record: Record<string, Value>, name: string): Value {
  const value = record[name];
  if (value === undefined) throw new Error(`The example names ${name} and does not define it.`);
  return value;
}

async function open(port: number, listener: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>) {
  const server = createServer((incoming, outgoing) => {
    listener(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

type Route = { steps: Middleware[]; url: string };

async function handle(incoming: IncomingMessage, outgoing: ServerResponse, { steps, url }: Route): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const exchange = { incoming, outgoing, headers: { ...incoming.headers } as Headers, body: Buffer.concat(chunks) };
  const hidden: string[] = [];
  for (const step of steps) {
    if ("forwardAuth" in step) {
      if (!(await passes(exchange, step.forwardAuth))) return;
    } else {
      // "An empty value removes the header."
      for (const name of Object.keys(step.headers.customRequestHeaders)) delete exchange.headers[name.toLowerCase()];
      hidden.push(...Object.keys(step.headers.customResponseHeaders).map((name) => name.toLowerCase()));
    }
  }
  await forward(exchange, url, hidden);
}

type Rules = z.output<typeof forwardAuth>;

// Anything but 2xx is the answer; else every matching header of the request makes way for those of the check. A check
// that cannot be reached is a 500.
async function passes(exchange: Exchange, rules: Rules): Promise<boolean> {
  const answer = await askTheCheck(exchange, rules);
  if (!answer?.ok) {
    await refuse(exchange, answer);
    return false;
  }
  const { headers } = exchange;
  const pattern = new RegExp(rules.authResponseHeadersRegex.replace("(?i)", ""), "i");
  for (const name of Object.keys(headers).filter((one) => pattern.test(one))) delete headers[name];
  for (const [name, value] of answer.headers) if (pattern.test(name)) headers[name] = value;
  await answer.arrayBuffer();
  return true;
}

// A GET without the body, and with what it names of the headers.
function askTheCheck({ incoming, headers }: Exchange, rules: Rules): Promise<Response | null> {
  const sent = new globalThis.Headers();
  for (const name of rules.authRequestHeaders.map((one) => one.toLowerCase())) {
    if (headers[name] !== undefined) sent.set(name, String(headers[name]));
  }
  sent.set("x-forwarded-method", incoming.method ?? "");
  sent.set("x-forwarded-uri", incoming.url ?? "");
  sent.set("x-forwarded-for", incoming.socket.remoteAddress ?? "");
  const signal = AbortSignal.timeout(checkMilliseconds);
  return fetch(rules.address, { headers: sent, redirect: "manual", signal }).catch(() => null);
}

async function refuse({ outgoing }: Exchange, answer: Response | null): Promise<void> {
  for (const [name, value] of answer?.headers ?? []) if (!hopByHop.includes(name)) outgoing.setHeader(name, value);
  outgoing.writeHead(answer?.status ?? 500);
  outgoing.end(answer ? Buffer.from(await answer.arrayBuffer()) : undefined);
}

// Go's reverse proxy: what the client calls the connection's own goes no further.
async function forward({ incoming, outgoing, headers, body }: Exchange, url: string, hidden: string[]): Promise<void> {
  const ofConnection = String(headers.connection ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  for (const name of [...hopByHop, ...ofConnection]) delete headers[name];
  const sent = request(`${url}${incoming.url}`, { method: incoming.method, headers, agent: false });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, "response");
  if (!answer) throw new Error("There is no answer.");
  for (const name of [...hidden, ...hopByHop]) delete answer.headers[name];
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  for await (const chunk of answer) outgoing.write(chunk);
  outgoing.end();
}
