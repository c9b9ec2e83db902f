import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { findById } from "./repository";
import { capturedMail, getCapturedMailInput } from "./schemas";

/** One captured message. Its link may open somebody's account, so reading it is itself recorded. */
export const getCapturedMail = defineQuery({
  name: "getCapturedMail",
  summary: "Read a captured mail",
  scope: "platform",
  permission: "mailbox.read",
  audit: {
    action: "mailbox.read",
    event: ({ mailId }) => ({ target: { type: "mail", id: mailId, name: null }, details: {} }),
  },
  input: getCapturedMailInput,
  output: capturedMail,
  run: async ({ tx }, { mailId }) => {
    const mail = isId(mailId) ? await findById(tx, mailId) : null;
    if (!mail) throw notFound("mail");
    return { ...mail, createdAt: mail.createdAt.toISOString() };
  },
});
