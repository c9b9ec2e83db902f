import { issueSession, newSessionToken } from "@/lib/auth/issued-session";
import { hashSessionToken } from "@/lib/auth/session-cookie";
import { newId } from "@/lib/db/new-id";
import { raisedError } from "@/lib/db/raised-error";
import { AppError } from "@/lib/errors/app-error";
import { sendMail } from "@/lib/mail/send-mail";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import type { Actor, RequestContext } from "@/lib/operations/request-context";
import { fenceToken } from "@/lib/sessions/fence-token";
import { readUserRow } from "@/lib/users/read-user";
import { assertImpersonatable } from "./assert-impersonatable";
import { impersonationMail } from "./impersonation-mail";
import { insertImpersonation } from "./repository";
import { startedImpersonation, startImpersonationInput } from "./schemas";

/** Half an hour at most, and never extended. */
const impersonationSeconds = 1_800;

/** Acts as a user for a while, in this browser: the administrator's own session waits, and its token dies at once. */
export const startImpersonation = defineCommand({
  name: "startImpersonation",
  summary: "Act as a user for half an hour",
  scope: "either",
  permission: "users.impersonate",
  readPermission: "users.read",
  audit: "impersonation.start",
  stepUp: true,
  input: startImpersonationInput,
  output: startedImpersonation,
  run: async (tools, { userId, reason }) => {
    const { ctx } = tools;
    const actor = toPerson(ctx);
    const user = await readUserRow(tools, userId);
    await assertImpersonatable(tools, user.id);
    if (isLocked(user)) throw locked();
    const session = await begin(tools, { actor, userId: user.id });
    const expiresAt = session.expiresAt.toISOString();
    tools.afterCommit(async (result) => {
      issueSession(ctx, session);
      await sendMail(impersonationMail({ to: user.email, name: user.name, by: actor.name, reason, expiresAt }));
      return result;
    });
    return {
      result: {
        sessionId: session.id,
        user: { id: user.id, name: user.name, email: user.email },
        tenant: ctx.scope.kind === "tenant" ? { id: ctx.scope.tenantId, slug: ctx.scope.tenantSlug } : null,
        expiresAt,
      },
      event: {
        target: { type: "user", id: user.id, name: user.email },
        reason,
        details: { sessionId: session.id, expiresAt },
      },
    };
  },
});

type Person = Extract<Actor, { type: "user" }>;

// A key or a command line has no session that could wait and end with it.
function toPerson({ actor }: RequestContext): Person {
  if (actor.type === "user") return actor;
  throw new AppError("FORBIDDEN", "Only people who are signed in can act as somebody else.");
}

async function begin<Result>(
  tools: OperationTools<Result>,
  { actor, userId }: { actor: Person; userId: string },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const id = newId();
  const token = newSessionToken();
  const { expiresAt, formerTokenHash } = await insertImpersonation(tools.tx, {
    ownSessionId: actor.sessionId,
    parkedTokenHash: hashSessionToken(newSessionToken()),
    userId,
    sessionId: id,
    tokenHash: hashSessionToken(token),
    seconds: impersonationSeconds,
  }).catch((error: unknown) => {
    throw toRefusal(error);
  });
  fenceToken(tools, formerTokenHash);
  return { id, token, expiresAt };
}

function isLocked({ lockedAt, lockedUntil }: { lockedAt: Date | null; lockedUntil: Date | null }): boolean {
  return lockedAt !== null && (lockedUntil === null || lockedUntil.getTime() > Date.now());
}

function locked(): AppError {
  return new AppError("CONFLICT", "This account is locked. Unlock it first.");
}

// Refusals of a policy: the address, the second factor, the age of the sign-in.
const policies = new Set(["GH005", "GH006", "GH008"]);

// GH002: locked in this very moment. GH003: no member of this tenant. GH007: the caller's session has just ended.
function toRefusal(error: unknown): unknown {
  const raised = raisedError(error);
  const code = raised?.code;
  if (code === "GH002") return locked();
  if (code === "GH003") return new AppError("CONFLICT", "This person is no member of this tenant.", { cause: error });
  if (raised && policies.has(raised.code)) return new AppError("FORBIDDEN", raised.message, { cause: error });
  if (code === "GH007") return new AppError("UNAUTHENTICATED", "Sign in to continue.", { cause: error });
  return error;
}
