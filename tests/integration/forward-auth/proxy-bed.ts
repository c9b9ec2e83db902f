import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { freePort } from "@/lib/embedded/free-port";
import { AppError } from "@/lib/errors/app-error";
import { createFastLane } from "@/lib/server/fast-lane";
import { createHttpServer, type RequestHandler } from "@/lib/server/http-server";
import { listen } from "@/lib/server/listen";
import { sendProblem } from "@/lib/server/send-problem";
import { openSessionBed } from "../sessions/session-bed";

/** A request as it arrived somewhere. */
export type Arrived = { method: string; url: string; headers: IncomingMessage["headers"]; body: string; peer: number };

/** How Gatehouse answers the check: as it does, that nobody can tell, with a failure of its own, or never. */
export type CheckMood = "well" | "unavailable" | "failing" | "silent";

/** Ports as the examples name them, and those that stand for them in a test. */
export type Ports = { gatehouse: number; service: number; gatehouseDoor: number; serviceDoor: number; refusal: number };

const examplePorts: Ports = { gatehouse: 3000, service: 4000, gatehouseDoor: 8000, serviceDoor: 8001, refusal: 8002 };

/** Gatehouse's own server with its fast lane, and a service that tells what reached it: what a proxy stands in front of. */
export async function openProxyBed() {
  const sessions = await openSessionBed();
  const ports = await pickPorts();
  const checks: Arrived[] = [];
  const arrivals: Arrived[] = [];
  const mood: { current: CheckMood } = { current: "well" };
  const lane = createFastLane({ isDraining: () => false });
  const start = async () => {
    const server = createHttpServer({
      gatehouseUrl: `http://localhost:${ports.gatehouseDoor}`,
      trustedProxies: ["127.0.0.1/32"],
      handlers: [watchChecks(checks, mood), lane, page],
    });
    await listen(server, { host: "127.0.0.1", port: ports.gatehouse });
    return server;
  };
  let gatehouse = await start();
  const service = await serve(arrivals, ports.service);
  return {
    ports,
    checks,
    arrivals,
    mood,
    stopGatehouse: () => shut(gatehouse),
    startGatehouse: async () => {
      gatehouse = await start();
    },
    close: async () => {
      await shut(gatehouse);
      await shut(service);
      await sessions.close();
    },
  };
}

/** What `openProxyBed` opens. */
export type ProxyBed = Awaited<ReturnType<typeof openProxyBed>>;

/** An example of the repository with a test's ports in the place of its own; every one it names must be known. */
export function readExample(name: string, ports: Ports): string {
  const text = readFileSync(`examples/forward-auth/${name}`, "utf8");
  const own = new Map(Object.entries(examplePorts).map(([key, port]) => [String(port), Reflect.get(ports, key)]));
  return text.replaceAll(/(?<=(?:127\.0\.0\.1|localhost|http:\/\/):)\d+/g, (port) => {
    const other = own.get(port);
    if (other === undefined) throw new Error(`${name} names the port ${port}, which stands for nothing here.`);
    return String(other);
  });
}

async function pickPorts(): Promise<Ports> {
  const picked = new Set<number>();
  while (picked.size < 5) picked.add(await freePort());
  const [gatehouse = 0, service = 0, gatehouseDoor = 0, serviceDoor = 0, refusal = 0] = picked;
  return { gatehouse, service, gatehouseDoor, serviceDoor, refusal };
}

function watchChecks(checks: Arrived[], mood: { current: CheckMood }): RequestHandler {
  return async (request, response, facts) => {
    if (facts.path !== "/api/v1/session") return false;
    checks.push(await readArrived(request));
    if (mood.current === "well") return false;
    if (mood.current === "silent") return true;
    const code = mood.current === "unavailable" ? "UNAVAILABLE" : "INTERNAL";
    sendProblem(response, new AppError(code, "As the test wants it."), facts);
    return true;
  };
}

/** Stands where Next stands. */
const page: RequestHandler = async (request, response, { headers, path }) => {
  const { body, ...arrived } = await readArrived(request);
  response.writeHead(200, [...headers, "Content-Type", "application/json"]);
  response.end(JSON.stringify({ ...arrived, path, body, from: "gatehouse" }));
  return true;
};

async function serve(arrivals: Arrived[], port: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    const arrived = await readArrived(request);
    arrivals.push(arrived);
    const wanted = Number(new URL(arrived.url, "http://service.invalid").searchParams.get("status") ?? 200);
    response.writeHead(wanted, {
      "Content-Type": "application/json",
      "Set-Cookie": "gatehouse.session=planted; Path=/",
    });
    response.end(JSON.stringify(arrived));
  });
  server.on("upgrade", (request, socket) => {
    arrivals.push({ ...factsOf(request), body: "" });
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello");
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function readArrived(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return { ...factsOf(request), body: Buffer.concat(chunks).toString() };
}

function factsOf({ method = "", url = "", headers, socket }: IncomingMessage) {
  return { method, url, headers: { ...headers }, peer: socket.remotePort ?? 0 };
}

async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
