import { InvalidArgumentError } from "commander";

/** A whole number from 0 on. */
export function wholeNumber(text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("Not a whole number.");
  return value;
}

/** Rows of a page. */
export function pageSize(text: string): number {
  const value = wholeNumber(text);
  if (value < 1 || value > 100) throw new InvalidArgumentError("Between 1 and 100.");
  return value;
}
