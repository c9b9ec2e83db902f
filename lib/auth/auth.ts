import { betterAuth } from "better-auth";
import type { Env } from "@/lib/config/env";
import { runtimePart } from "@/lib/config/runtime";
import { resetPasswordMail } from "@/lib/mail/password-mails";
import { sendMail } from "@/lib/mail/send-mail";
import { logger } from "@/lib/observability/logger";
import { linkUrl } from "@/lib/one-time-links/link-token";
import type { PrismaClient } from "@/prisma/generated/client";
import { auditedAdapter } from "./audited-adapter";
import { authOptions, resetSeconds } from "./auth-options";
import type { BetterAuthInstance } from "./forward-to-better-auth";
import { gatehouseRows } from "./gatehouse-rows";
import { sendSetUpLink } from "./send-set-up-link";
import { serveAuthRequest } from "./serve-auth-request";
import type { SessionEndListener } from "./session-end-listener";

/** Better Auth behind its one door. */
export type Auth = {
  /** Answers a request to `/api/auth/…`; never rejects. */
  handle: (request: Request) => Promise<Response>;
  /** Better Auth itself, for the few calls that come from within. */
  instance: BetterAuthInstance;
  /** Mails somebody for whom an account was made a link to choose a password. Rejects when the mail cannot be sent. */
  sendSetUpLink: (email: string) => Promise<void>;
  /** Resolves when nothing that was left for after an answer is still running. */
  settle: () => Promise<void>;
};

/** The process's instance; the server, the CLI and test set-ups put it in place. */
export const auth = runtimePart<Auth>("auth");

type CreateAuthOptions = {
  prisma: PrismaClient;
  env: Pick<Env, "gatehouseUrl">;
  /** BETTER_AUTH_SECRET, or the generated one. */
  secret: string;
  /** The origins of our own pages, from which changes are accepted. */
  origins: string[];
  /** Told around the commit of whatever ends sessions here. */
  onSessionsEnded: SessionEndListener;
};

/** Makes Better Auth on our tables. Mail goes through the runtime part `mailer`, limits through `redis`. */
export function createAuth(options: CreateAuthOptions): Auth {
  const background = new Set<Promise<unknown>>();
  const inBackground = (work: Promise<unknown>) => {
    const watched = work
      .catch((error: unknown) => logger.get().error({ err: error }, "work after an answer failed"))
      .finally(() => background.delete(watched));
    background.add(watched);
  };
  const instance = createInstance(options, inBackground);
  return {
    instance,
    handle: (request) => serveAuthRequest(request, { ...options, instance, inBackground }),
    sendSetUpLink: (email) => sendSetUpLink(email, instance, options.env),
    settle: async () => {
      while (background.size > 0) await Promise.all(background);
    },
  };
}

function createInstance(
  { prisma, env, secret, origins, onSessionsEnded }: CreateAuthOptions,
  inBackground: (work: Promise<unknown>) => void,
) {
  return betterAuth(
    authOptions({
      env,
      secret,
      origins,
      database: auditedAdapter(prisma, gatehouseRows(onSessionsEnded)),
      inBackground,
      sendResetLink: ({ email, name }, token) =>
        sendMail(
          resetPasswordMail({
            to: email,
            name,
            url: linkUrl(env, "/reset-password", token),
            hours: resetSeconds / 3600,
          }),
        ),
    }),
  );
}
