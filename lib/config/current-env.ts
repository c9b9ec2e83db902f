import type { Env } from "./env";
import { runtimePart } from "./runtime";

/** The configuration that the process was started with; the server, the CLI and test set-ups put it in place. */
export const currentEnv = runtimePart<Env>("env");
