import { flushSync } from "react-dom";

/** Draws the problems of a form at once, then moves the focus to the first field that was refused. */
export function showProblems(form: HTMLFormElement, update: () => void): void {
  flushSync(update);
  form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}
