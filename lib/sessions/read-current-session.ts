import { z } from "zod";
import { currentSession } from "@/lib/auth/current-session";
import { AppError } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { currentSessionOutput } from "./schemas";

/** Who the caller's session belongs to and what they may do; exact at once after a revocation. */
export const readCurrentSession = defineQuery({
  name: "readCurrentSession",
  summary: "Check the caller's session",
  scope: "none",
  permission: null,
  input: z.strictObject({}),
  output: currentSessionOutput,
  run: async ({ ctx }) => {
    const session = currentSession(ctx);
    if (!session) throw new AppError("UNAUTHENTICATED", "Sign in to continue.");
    return {
      user: { id: session.userId, email: session.email, name: session.name },
      session: {
        id: session.sessionId,
        createdAt: session.createdAt,
        expiresAt: session.expiresAt,
        method: session.method,
        impersonatedBy: session.impersonatedBy,
      },
      tenant: session.tenant,
      roles: [...ctx.grants.roles],
      permissions: [...ctx.grants.permissions],
    };
  },
});
