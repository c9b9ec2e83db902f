/** English, acting as somebody else. */
export const enImpersonation = {
  act: "Act as this user",
  title: (name: string) => `Act as ${name}`,
  description:
    "You see and do what they see and do, for half an hour at most. They get a mail that names you, and every event carries both names.",
  reasonMissing: "Give a reason: the audit log records it, and the mail tells it.",
  submit: "Begin",
  busy: "Beginning…",
  banner: (by: string, name: string) => `${by}, you are acting as ${name}.`,
  until: "Ends",
  stop: "Stop",
  stopping: "Stopping…",
  stopFailed: "You are still acting as somebody else",
};
