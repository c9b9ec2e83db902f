import { AppError } from "@/lib/errors/app-error";
import { commonRuns, commonWords } from "./common-passwords";
import { normalizePassword } from "./password-hashing";

/** Characters of a password (OWASP ASVS 5.0 V6.2.1, V6.2.9). */
export const passwordCharactersMin = 12;
/** Room for any passphrase, and a bound on what a request may cost. */
export const passwordCharactersMax = 128;

/**
 * Refuses a password that is too short or long, that many people use, or that is made of the person's own name or
 * address. No other composition rule, no expiry (NIST SP 800-63B-4 3.1.1.2). Throws `INVALID_INPUT` naming `path`.
 */
export function assertAcceptablePassword(
  password: string,
  { context, path }: { context: string[]; path: string },
): void {
  const message = refusalOf(normalizePassword(password), context);
  if (message === null) return;
  throw new AppError("INVALID_INPUT", message, { errors: [{ path, message }] });
}

function refusalOf(password: string, context: string[]): string | null {
  const characters = [...password].length;
  if (characters < passwordCharactersMin) return `Use at least ${passwordCharactersMin} characters; a few words do.`;
  if (characters > passwordCharactersMax) return `Use at most ${passwordCharactersMax} characters.`;
  const core = toCore(password);
  if (new Set(password).size < 5 || isRun(toLetters(password)) || isRun(trim(toLetters(password))))
    return "Use more different characters, in less regular an order.";
  if (isOneOf(core, commonWords))
    return "This is among the first that an attacker tries. Choose something less common.";
  if (isOneOf(core, contextWords(context)))
    return "Do not make the password of the name, the address or this site's name.";
  return null;
}

// What is left of a password without the decoration around and within it: signs anywhere, digits at either end.
function toCore(password: string): string {
  return trim(toPlain(password).replace(signs, ""));
}

function toLetters(text: string): string {
  return text.toLowerCase().replace(signs, "");
}

function trim(letters: string): string {
  return letters.replace(/^\d{1,8}|\d{1,8}$/g, "") || letters;
}

const signs = /[^\p{L}\p{N}]+/gu;

// One word, once or several times in a row. Two different words are a passphrase, which nobody lists.
function isOneOf(core: string, words: readonly string[]): boolean {
  return core !== "" && words.some((word) => word !== "" && core.replaceAll(word, "") === "");
}

function isRun(core: string): boolean {
  if (core === "") return false;
  const unit = /^(.{1,4}?)\1*$/u.exec(core)?.[1];
  const text = unit ?? core;
  return commonRuns.some((run) => run.includes(text) || [...run].reverse().join("").includes(text));
}

function contextWords(context: string[]): string[] {
  const words = context.flatMap((text) => [toCore(text), ...toPlain(text).split(signs)]);
  return ["gatehouse", ...words].filter((word) => word.length >= 4);
}

// Lower case without marks, and with the letters that digits and signs commonly stand for.
function toPlain(text: string): string {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/(?<=\p{L})[0134578@$!](?=\p{L})/gu, (sign) => substitutes[sign] ?? sign);
}

const substitutes: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
};
