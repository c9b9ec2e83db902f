import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { inject } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";

/** An answer of the server, read to its end. `json` is undefined for a body that is none. */
export type Answer = { status: number; headers: Record<string, string | undefined>; text: string; json: Json };

// biome-ignore lint/suspicious/noExplicitAny: what the tests look at is what they prove.
type Json = any;

type Call = {
  method?: string;
  /** Sent as JSON, unless it is text or bytes. */
  body?: unknown;
  headers?: Record<string, string>;
};

export const password = "quiet heron over grey water";

/** A caller: with a cookie after `signIn`, nobody before. Its browser's page is on the server's own origin. */
export type Client = {
  cookie: string | null;
  call: (path: string, call?: Call) => Promise<Answer>;
  get: (path: string) => Promise<Answer>;
  post: (path: string, body?: unknown) => Promise<Answer>;
  patch: (path: string, body?: unknown) => Promise<Answer>;
  remove: (path: string) => Promise<Answer>;
};

/** A caller with this cookie, or none. */
export function makeClient(cookie: string | null = null): Client {
  const client: Client = {
    cookie,
    call: (path, { method = "GET", body, headers = {} } = {}) =>
      send(path, {
        method,
        body,
        headers: {
          ...(client.cookie === null ? {} : { Cookie: client.cookie }),
          ...(method === "GET" ? {} : { Origin: inject("apiServer").url }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...headers,
        },
      }),
    get: (path) => client.call(path),
    post: (path, body) => client.call(path, { method: "POST", body }),
    patch: (path, body) => client.call(path, { method: "PATCH", body }),
    remove: (path) => client.call(path, { method: "DELETE" }),
  };
  return client;
}

/** A signed-in caller. */
export async function signIn(email: string, withPassword = password): Promise<Client> {
  const client = makeClient();
  const answer = await client.post("/api/auth/sign-in/email", { email, password: withPassword });
  const cookie = answer.headers["set-cookie"]?.split(";")[0];
  if (answer.status !== 200 || !cookie) throw new Error(`Sign-in of ${email}: ${answer.status} ${answer.text}`);
  client.cookie = cookie;
  return client;
}

/** The installation's first owner, signed in. */
export function signInOwner(): Promise<Client> {
  const { email, password: ownPassword } = inject("apiServer").owner;
  return signIn(email, ownPassword);
}

type RoleKey = "owner" | "admin" | "support" | "auditor";

/** A new user, made through the API by `owner`, with a password and at most one platform role. */
export async function createUser(owner: Client, role?: RoleKey): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  const roles = role ? [builtInRoleId("platform", role)] : [];
  const answer = await owner.post("/api/v1/users", { email, name: "Api Person", password, roles });
  if (answer.status !== 201) throw new Error(`Creating a user: ${answer.status} ${answer.text}`);
  return { id: answer.json.id, email };
}

type Sending = { method: string; body?: unknown; headers: Record<string, string> };

/** A request whose path and headers leave exactly as they are given; `fetch` would tidy them up. */
export function send(path: string, { method, body, headers }: Sending): Promise<Answer> {
  const { hostname, port } = new URL(inject("apiServer").url);
  const bytes = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  // Node leaves the length out for methods that rarely have a body, and the body would pass for a second request.
  const isStreamed = Object.keys(headers).some((name) => name.toLowerCase() === "transfer-encoding");
  const length = bytes === undefined || isStreamed ? {} : { "Content-Length": String(Buffer.byteLength(bytes)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path, method, headers: { ...headers, ...length }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const flat = Object.entries(response.headers).map(([name, value]) => [name, value?.toString()]);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(flat), text, json: parse(text) });
        });
      },
    );
    // The server may answer and close before a body that is too large has arrived in full.
    sent.on("error", reject);
    sent.end(bytes);
  });
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
