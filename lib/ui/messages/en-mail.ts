import type { Noun } from "@/lib/ui/format";

const noun: Noun = { one: "message", many: "messages" };

/** English, the mailbox of captured mail. */
export const enMail = {
  noun,
  title: "Mailbox",
  description: "Without an SMTP server, mail is kept here instead of being sent.",
  emptyTitle: "No mail has been captured",
  emptyHint: "Messages to your users appear here, such as links to choose a password.",
  list: "Messages",
  to: "To",
  choose: "Choose a message to read it",
  html: "Formatted",
  text: "Plain text",
  view: "How the message is shown",
  older: "Older",
  newest: "Newest",
  back: "All messages",
};
