import { en } from "@/lib/ui/messages/en";
import { enAudit } from "@/lib/ui/messages/en-audit";
import { enAuth } from "@/lib/ui/messages/en-auth";
import { enMail } from "@/lib/ui/messages/en-mail";
import { enReceipts } from "@/lib/ui/messages/en-receipts";
import { enSessions } from "@/lib/ui/messages/en-sessions";
import { enUsers } from "@/lib/ui/messages/en-users";

const english = {
  ...en,
  auth: enAuth,
  users: enUsers,
  sessions: enSessions,
  receipts: enReceipts,
  audit: enAudit,
  mail: enMail,
};

/** Every sentence of the interface; another locale is another object of the same shape. */
export type Messages = typeof english;

/** The catalogue in use. */
export const messages: Messages = english;
