import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { findCaller, toActor } from "@/lib/auth/authenticate-request";
import { rememberSession } from "@/lib/auth/current-session";
import { loadSessionGrants } from "@/lib/auth/load-grants";
import { clientAddressHeader } from "@/lib/config/internal-headers";
import { AppError } from "@/lib/errors/app-error";
import type { Grants } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import type { SessionCheck } from "@/lib/sessions/check-session";
import type { CheckedSession } from "@/lib/sessions/checked-session";
import { readCurrentSession } from "@/lib/sessions/read-current-session";
import type { RequestFacts } from "./http-server";

/** `GET /api/v1/session`: who the session cookie belongs to, for other services and reverse proxies; 401 if nobody. */
export async function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  facts: RequestFacts,
): Promise<void> {
  const check = await findCaller(request.headers.cookie);
  if (!check) throw new AppError("UNAUTHENTICATED", "Sign in to continue.");
  const { session } = check;
  const grants = await findGrants(check);
  const ctx = toContext({ request, requestId: facts.requestId, session, grants });
  const answer = await runOperation(readCurrentSession, ctx, {});
  const { headers, body } = writtenAnswer(answer, session, grants);
  // One flat list: setting each header by itself costs more than the rest of the answer.
  response.writeHead(200, [...facts.headers, ...headers]);
  response.end(body);
}

function findGrants({ session, grantsVersion }: SessionCheck): Promise<Grants> {
  return loadSessionGrants({ session, tenantId: session.tenant?.id ?? null, version: grantsVersion });
}

type Caller = { request: IncomingMessage; requestId: string; session: CheckedSession; grants: Grants };

function toContext({ request: { headers }, requestId, session, grants }: Caller) {
  const address = headers[clientAddressHeader];
  return rememberSession(
    {
      scope: { kind: "none" },
      actor: toActor(session),
      grants,
      requestId,
      clientAddress: typeof address === "string" ? address : null,
      userAgent: headers["user-agent"] ?? null,
      source: "api",
    },
    session,
  );
}

type Answer = z.output<typeof readCurrentSession.output>;
type WrittenAnswer = { headers: readonly string[]; body: string };

const written = new WeakMap<CheckedSession, WrittenAnswer & { grants: Grants }>();

// What this check has found decides the answer to the letter, and a device asks many times before either changes.
function writtenAnswer(answer: Answer, session: CheckedSession, grants: Grants): WrittenAnswer {
  const known = written.get(session);
  if (known?.grants === grants) return known;
  const made = { grants, ...writeAnswer(answer) };
  written.set(session, made);
  return made;
}

function writeAnswer(answer: Answer): WrittenAnswer {
  const body = JSON.stringify(answer);
  const headers = [
    "Content-Type",
    "application/json",
    "Content-Length",
    String(Buffer.byteLength(body)),
    "Cache-Control",
    "private, no-store",
    "X-Gatehouse-User",
    answer.user.id,
    "X-Gatehouse-Session",
    answer.session.id,
    "X-Gatehouse-Tenant",
    answer.tenant?.slug ?? "",
    "X-Gatehouse-Roles",
    answer.roles.join(","),
  ];
  return { headers, body };
}
