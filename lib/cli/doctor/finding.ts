/** What one check found: `ok`, `warning` (works, but should be seen to) or `failure`. */
export type Finding = {
  check: string;
  status: "ok" | "warning" | "failure";
  /** What was found, in one line. */
  message: string;
  /** What to do about it; null where nothing is to be done. */
  mend: string | null;
};

/** Makes the findings of one check. */
export function findings(check: string) {
  return {
    ok: (message: string): Finding => ({ check, status: "ok", message, mend: null }),
    warning: (message: string, mend: string): Finding => ({ check, status: "warning", message, mend }),
    failure: (message: string, mend: string): Finding => ({ check, status: "failure", message, mend }),
  };
}

/** One sentence of an error, without a stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentenceOf(error.errors[0]);
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
