import { CommanderError } from "commander";
import { buildProgram } from "./build-program";
import { toCliFailure } from "./cli-failure";

/** Runs one command; returns the exit status: 0 done, 1 refused or failed, 2 bad usage. `argv` is that of the process. */
export async function runCli(argv: string[]): Promise<number> {
  const program = buildProgram();
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return report(error, program.opts());
  }
}

function report(error: unknown, { json = false, verbose = false }: { json?: boolean; verbose?: boolean }): number {
  const { exitCode, message, code } = toCliFailure(error);
  if (message !== null) process.stderr.write(`${json ? JSON.stringify({ error: { code, message } }) : message}\n`);
  if (verbose && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCode;
}
