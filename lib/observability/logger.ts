import pino, { type Logger } from "pino";
import { runtimePart } from "@/lib/config/runtime";

/** The process's logger: JSON lines on standard output. */
export const logger = runtimePart<Logger>("logger");

/** Characters that are gathered before they are written: a write for every line costs more than the line. */
const bufferCharacters = 4_096;
/** Milliseconds after which a line is written all the same. */
const flushMilliseconds = 250;

/** Makes a logger. Header values that could hold a credential never reach the output. */
export function createLogger(level: string): Logger {
  const output = pino.destination({ dest: 1, sync: false, minLength: bufferCharacters });
  setInterval(() => output.flush(), flushMilliseconds).unref();
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ["*.password", "*.token", "*.cookie", "*.authorization", "password", "token", "cookie", "authorization"],
    },
    output,
  );
}
