import { logger } from "@/lib/observability/logger";
import type { MailMessage } from "./mail-message";
import { mailer } from "./mailer";

/** Sends one message, with up to three attempts. Rejects when all fail; nothing of the message reaches the log. */
export async function sendMail(message: MailMessage): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mailer.get().deliver(message);
      return;
    } catch (error) {
      logger.get().warn({ err: error, attempt }, "a mail could not be sent");
      if (attempt === attemptsMax) throw error;
      await pause(attempt * 500);
    }
  }
}

const attemptsMax = 3;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
