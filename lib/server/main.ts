import { parseArgs } from "node:util";
import { isConfigurationError } from "@/lib/config/configuration-error";
import { startServer } from "./start-server";

/** Milliseconds after which a stop that does not come to its end is one all the same. */
const stopMilliseconds = 30_000;

// Whoever read our output may be gone. Unheard, that failure would be reported to the same output, and so on for ever.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const { values } = parseArgs({
  options: { dev: { type: "boolean", default: false }, demo: { type: "boolean", default: false } },
});

try {
  const server = await startServer({ ...values, say: (line) => void process.stdout.write(`${line}\n`) });
  const stop = () => {
    setTimeout(() => fail(new Error("The server could not be stopped in time.")), stopMilliseconds).unref();
    server.stop().then(exit, fail);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  // The start-up script that waits for us is gone, and nobody else would tell us to stop.
  process.once("disconnect", stop);
} catch (error) {
  fail(error);
}

function exit(): void {
  process.exit(0);
}

// What the operator can mend is said in a sentence; anything else is a defect and shows where it happened.
function fail(error: unknown): void {
  const isPlain = isConfigurationError(error) || (error instanceof Error && error.name === "MigrationError");
  process.stderr.write(`${isPlain ? error.message : toText(error)}\n`);
  process.exit(1);
}

function toText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
