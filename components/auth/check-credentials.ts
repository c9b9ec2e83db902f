import { messages } from "@/lib/ui/messages";

const text = messages.auth;
/** NIST SP 800-63B-4: the server holds the same bounds and decides. */
const LENGTH_MIN = 12;
const LENGTH_MAX = 128;

/** What is wrong with a typed address, or undefined. Only what is certainly wrong: the server decides the rest. */
export function emailProblem(email: string): string | undefined {
  if (email === "") return text.emailMissing;
  return /^[^\s@]+@[^\s@]+$/.test(email) ? undefined : text.emailMalformed;
}

/** What is wrong with a password that is being chosen, or undefined. Counted in characters, not in UTF-16 units. */
export function newPasswordProblem(password: string): string | undefined {
  const length = [...password.normalize("NFC")].length;
  if (length === 0) return text.passwordMissing;
  if (length < LENGTH_MIN) return text.passwordTooShort;
  return length > LENGTH_MAX ? text.passwordTooLong : undefined;
}
