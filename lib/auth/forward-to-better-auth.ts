import type { DBAdapter } from "better-auth";
import type { Env } from "@/lib/config/env";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { AppError, type ErrorCode, isAppError } from "@/lib/errors/app-error";
import { noStore } from "@/lib/http/problem";
import { linkRefused } from "@/lib/one-time-links/link-refused";
import type { PrismaClient } from "@/prisma/generated/client";
import type { AuthRequestState } from "./auth-request-state";
import type { ExposedEndpoint } from "./exposed-endpoints";
import { sessionCookieName } from "./session-cookie";

/** What we ask of Better Auth. Its own type names every endpoint of every configuration. */
export type BetterAuthInstance = {
  handler: (request: Request) => Promise<Response>;
  api: { signOut: (input: { headers: Headers }) => Promise<unknown> };
  $context: Promise<{
    adapter: Pick<DBAdapter, "updateMany">;
    internalAdapter: {
      findUserByEmail: (email: string) => Promise<{ user: { id: string; name: string } } | null>;
      createVerificationValue: (value: { identifier: string; value: string; expiresAt: Date }) => Promise<unknown>;
    };
  }>;
};

/** What the door leads to. */
export type BetterAuthDoor = {
  instance: BetterAuthInstance;
  prisma: PrismaClient;
  env: Pick<Env, "gatehouseUrl">;
  origins: string[];
  /** Is given work that may go on after the answer; its failure is logged. */
  inBackground: (work: Promise<unknown>) => void;
};

/** A request that has passed the door. */
export type CheckedRequest = { endpoint: ExposedEndpoint; headers: Headers; body: object };

/** Better Auth's own answer to a request. */
export function askBetterAuth(
  { endpoint, headers, body }: CheckedRequest,
  { instance, env }: BetterAuthDoor,
): Promise<Response> {
  const url = `${env.gatehouseUrl}/api/auth${endpoint.path}`;
  if (endpoint.method === "GET") return instance.handler(new Request(url, { headers }));
  const sent = new Headers(headers);
  sent.set("content-type", "application/json");
  for (const name of ["content-length", "transfer-encoding"]) sent.delete(name);
  return instance.handler(new Request(url, { method: endpoint.method, headers: sent, body: JSON.stringify(body) }));
}

/** Asks Better Auth, and answers what it says or throws what went wrong. */
export async function forward(
  request: CheckedRequest,
  state: AuthRequestState,
  door: BetterAuthDoor,
): Promise<Response> {
  const response = await askBetterAuth(request, door);
  // A sign-out answers 200 even if the session could not be ended.
  if (!response.ok || (state.failure !== null && request.endpoint.method === "POST"))
    throw await toFailure(response, state);
  return toAnswer(response, state, door);
}

/** The answer as it leaves: never cached, with the one session cookie and no other. */
export async function toAnswer(
  response: Response,
  { requestId }: AuthRequestState,
  { env }: BetterAuthDoor,
): Promise<Response> {
  const headers = new Headers({ ...noStore, "Content-Type": "application/json", [requestIdHeader]: requestId });
  const ours = `${sessionCookieName(env)}=`;
  for (const cookie of response.headers.getSetCookie()) {
    if (cookie.startsWith(ours)) headers.append("Set-Cookie", cookie);
  }
  return new Response(await response.text(), { status: response.status, headers });
}

/** What a refusal of Better Auth's is in the words of the contract. */
export async function toFailure(response: Response, { failure }: AuthRequestState): Promise<unknown> {
  if (isAppError(failure)) return failure;
  if (response.ok || response.status >= 500) return failure ?? new Error(`Better Auth answered ${response.status}.`);
  const { code } = await readProblem(response);
  if (code === "INVALID_TOKEN" || code === "USER_NOT_FOUND") {
    return linkRefused("This link has been used or has run out. Ask for a new one.");
  }
  return new AppError(
    codes[response.status] ?? "INVALID_INPUT",
    details[response.status] ?? "This request is not acceptable.",
  );
}

const codes: Record<number, ErrorCode> = { 401: "UNAUTHENTICATED", 403: "FORBIDDEN", 404: "NOT_FOUND" };
const details: Record<number, string> = {
  401: "The e-mail address or the password is not right.",
  403: "Changes are accepted from Gatehouse's own pages only: send its address as Origin.",
  404: "There is no such address here.",
};

async function readProblem(response: Response): Promise<{ code?: unknown }> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {};
  }
}
