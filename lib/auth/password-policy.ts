import { AppError } from "@/lib/errors/app-error";
import type { PasswordClass } from "@/lib/policies/schemas";
import { commonRuns, commonWords } from "./common-passwords";
import { normalizePassword } from "./password-hashing";

/** Characters of a password (OWASP ASVS 5.0 V6.2.1, V6.2.9). */
export const passwordCharactersMin = 12;
/** Room for any passphrase, and a bound on what a request may cost. */
export const passwordCharactersMax = 128;

/** What a policy asks of a new password beyond that. */
export type PasswordRules = {
  /** Characters, not below `passwordCharactersMin`. */
  lengthMin: number;
  /** Kinds of characters of which there must be one each. */
  composition: readonly PasswordClass[];
};

const plainRules: PasswordRules = { lengthMin: passwordCharactersMin, composition: [] };

type PasswordQuestion = {
  /** Words about the person: name, address. */
  context: string[];
  path: string;
  rules?: PasswordRules;
};

/**
 * Refuses a password that is too short or long, that many people use, or that is made of the person's own name or
 * address. No composition rule unless a policy has one, and no expiry (NIST SP 800-63B-4 3.1.1.2). Throws
 * `INVALID_INPUT` naming `path`.
 */
export function assertAcceptablePassword(
  password: string,
  { context, path, rules = plainRules }: PasswordQuestion,
): void {
  const message = refusalOf(normalizePassword(password), context, rules);
  if (message === null) return;
  throw new AppError("INVALID_INPUT", message, { errors: [{ path, message }] });
}

function refusalOf(password: string, context: string[], rules: PasswordRules): string | null {
  const characters = [...password].length;
  if (characters < rules.lengthMin) return `Use at least ${rules.lengthMin} characters; a few words do.`;
  if (characters > passwordCharactersMax) return `Use at most ${passwordCharactersMax} characters.`;
  const core = toCore(password);
  if (new Set(password).size < 5 || isRun(toLetters(password)) || isRun(trim(toLetters(password))))
    return "Use more different characters, in less regular an order.";
  const missing = rules.composition.filter((name) => !classes[name].pattern.test(password));
  if (missing.length > 0) return `Use at least ${missing.map((name) => classes[name].words).join(" and ")}.`;
  if (isOneOf(core, commonWords))
    return "This is among the first that an attacker tries. Choose something less common.";
  if (isOneOf(core, contextWords(context)))
    return "Do not make the password of the name, the address or this site's name.";
  return null;
}

const classes: Record<PasswordClass, { pattern: RegExp; words: string }> = {
  lower: { pattern: /\p{Ll}/u, words: "one lower-case letter" },
  upper: { pattern: /\p{Lu}/u, words: "one upper-case letter" },
  digit: { pattern: /\p{Nd}/u, words: "one digit" },
  symbol: { pattern: /[^\p{L}\p{N}]/u, words: "one sign that is neither letter nor digit" },
};

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
