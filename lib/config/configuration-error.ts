type ConfigurationProblem = {
  /** The environment variable, file or setting at fault. */
  subject: string;
  /** What is wrong with it, without secrets. */
  problem: string;
  /** What the operator should do. */
  mend: string;
  cause?: unknown;
};

/** Refuses to start: the message names what is wrong and what to do, so that no stack trace need be printed. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly subject: string;
  readonly mend: string;

  constructor({ subject, problem, mend, cause }: ConfigurationProblem) {
    super(`${subject}: ${problem}\n  → ${mend}`, { cause });
    this.subject = subject;
    this.mend = mend;
  }
}

/** True for a ConfigurationError of any copy of this module: Next bundles its own, so `instanceof` would not do. */
export function isConfigurationError(error: unknown): error is ConfigurationError {
  return error instanceof Error && error.name === "ConfigurationError";
}
