import { runForeground, runProgram } from "./run-program.mjs";

/**
 * The environment of `up` and `dev`: the data directory of the demo, and NODE_ENV as Next needs it, with what the operator
 * said beside it (lib/config/env.ts reads that).
 */
export function serverEnvironment({ isDemo, mode }) {
  const { GATEHOUSE_DATA_DIR: dataDir, NODE_ENV: userMode } = process.env;
  return {
    ...process.env,
    GATEHOUSE_DATA_DIR: dataDir || (isDemo ? ".data-demo" : ".data"),
    GATEHOUSE_USER_NODE_ENV: userMode || "unset",
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Serves until the server ends. One that was killed, or that failed while it started, cannot have stopped its embedded stores:
 * `stopStores` (a Node command line) then does.
 */
export async function serve(commandLine, stopStores, env) {
  const status = await runForeground(process.execPath, commandLine, { env });
  if (status !== 0)
    await runProgram(process.execPath, stopStores, { env, failure: "The embedded stores could not be stopped." });
  return status;
}
