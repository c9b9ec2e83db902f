import pino, { type Logger } from "pino";
import { runtimePart } from "@/lib/config/runtime";

/** The process's logger: JSON lines on standard output. */
export const logger = runtimePart<Logger>("logger");

/** Makes a logger. Header values that could hold a credential never reach the output. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["*.password", "*.token", "*.cookie", "*.authorization", "password", "token", "cookie", "authorization"],
  });
}
