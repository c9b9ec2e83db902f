import { Agent, request } from "node:http";
import type { Span } from "../model/history";

/** An answer read to its end, and when. Status 0: there was none. */
export type Answer = Span & {
  status: number;
  text: string;
  requestId: string | null;
  /** The first cookie that it set, and all of them, as a `Cookie` header names them. */
  cookie: string | null;
  cookies: readonly string[];
};

/** A request. Every client has an address of its own, so that nobody runs into another's limits. */
export type Call = { method?: string; path: string; cookie?: string; body?: object; address?: string };

/** Sends requests to the instances over connections that stay open, and notes when each left and was answered. */
export type HttpClient = {
  /** The clock is read before the first byte leaves and after the last has come. Never rejects. */
  call: (instance: number, call: Call) => Promise<Answer>;
  /** Milliseconds of the slowest answer since this was last asked. */
  takeSlowest: () => number;
  /** How many requests have been answered with each status so far; 0: with none. */
  statuses: ReadonlyMap<number, number>;
  close: () => void;
};

/** The public origin of all instances, as behind a load balancer. */
export const publicOrigin = "http://gatehouse.test";

const patienceMilliseconds = 20_000;

/** Talks to instances on loopback; `portOf` says where each listens at this moment. */
export function createHttpClient(portOf: (instance: number) => number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const statuses = new Map<number, number>();
  let slowest = 0;
  return {
    statuses,
    call: async (instance, call) => {
      const answer = await send(agent, portOf(instance), call);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status !== 0) slowest = Math.max(slowest, answer.returned - answer.invoked);
      return answer;
    },
    takeSlowest: () => {
      const taken = slowest;
      slowest = 0;
      return taken;
    },
    close: () => agent.destroy(),
  };
}

function send(agent: Agent, port: number, { method = "GET", path, cookie, body, address }: Call): Promise<Answer> {
  const bytes = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = { host: new URL(publicOrigin).host };
  if (cookie !== undefined) headers.cookie = cookie;
  if (address !== undefined) headers["x-forwarded-for"] = address;
  if (method !== "GET") headers.origin = publicOrigin;
  if (bytes !== undefined) {
    headers["content-type"] = "application/json";
    headers["content-length"] = String(Buffer.byteLength(bytes));
  }
  return new Promise((resolve) => {
    const invoked = performance.now();
    const none = () => resolve({ ...unanswered, invoked });
    const sent = request({ agent, host: "127.0.0.1", port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", none);
      response.on("end", () => {
        const cookies = (response.headers["set-cookie"] ?? []).map((text) => text.split(";")[0] ?? "");
        resolve({
          invoked,
          returned: performance.now(),
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          requestId: textOf(response.headers["x-request-id"]),
          cookie: cookies[0] ?? null,
          cookies,
        });
      });
    });
    sent.setTimeout(patienceMilliseconds, () => sent.destroy());
    sent.on("error", none);
    sent.on("close", none);
    sent.end(bytes);
  });
}

const unanswered = {
  returned: Number.POSITIVE_INFINITY,
  status: 0,
  text: "",
  requestId: null,
  cookie: null,
  cookies: [],
};

function textOf(header: string | string[] | undefined): string | null {
  return typeof header === "string" ? header : null;
}
