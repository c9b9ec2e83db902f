import { createTransport } from "nodemailer";
import type { Env } from "@/lib/config/env";
import { runtimePart } from "@/lib/config/runtime";
import { withScope } from "@/lib/db/scoped-transaction";
import type { MailMessage } from "./mail-message";
import { insertMail } from "./repository";

/** Delivers mail, or captures it where no SMTP server is set. */
export type Mailer = {
  /** Rejects when the server refuses the message or does not answer within ten seconds. */
  deliver: (message: MailMessage) => Promise<void>;
  close: () => void;
};

/** The process's mailer; the server, the CLI and test set-ups put it in place. */
export const mailer = runtimePart<Mailer>("mailer");

/** Makes the mailer that the environment asks for. */
export function createMailer({ smtpUrl, mailFrom }: Pick<Env, "smtpUrl" | "mailFrom">): Mailer {
  return smtpUrl ? smtpMailer(smtpUrl, mailFrom) : capturingMailer();
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 };

function smtpMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 2, ...timeouts });
  return {
    deliver: async ({ to, subject, text, html }) => {
      await transport.sendMail({ from, to, subject, text, html, disableFileAccess: true, disableUrlAccess: true });
    },
    close: () => transport.close(),
  };
}

function capturingMailer(): Mailer {
  return {
    deliver: (message) => withScope({ kind: "platform" }, (tx) => insertMail(tx, message)),
    close: () => undefined,
  };
}
