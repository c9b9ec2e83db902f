// Progress goes to standard error: standard output belongs to what the command prints.
const started = performance.now();
const isTerminal = Boolean(process.stderr.isTTY);
const reminderMilliseconds = isTerminal ? 1000 : 20_000;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`.padStart(8);

/** Prints one line, with the seconds since the start. */
export function say(message) {
  process.stderr.write(`${seconds(started)}  ${message}\n`);
}

/** Runs a step and says what it is and how long it took; a long one is seen to be alive. */
export async function step(label, work) {
  const begun = performance.now();
  if (!isTerminal) say(`${label} …`);
  const show = () =>
    isTerminal
      ? process.stderr.write(`\r\x1b[K${seconds(started)}  ${label} … ${seconds(begun).trim()}`)
      : say(`${label} … still working`);
  if (isTerminal) show();
  const timer = setInterval(show, reminderMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (isTerminal) process.stderr.write("\r\x1b[K");
    say(`${label}: ${seconds(begun).trim()}`);
  }
}

/** Ends the command with a message instead of a stack trace. */
export class StartUpError extends Error {
  name = "StartUpError";
}

/** Runs a script's main function; a failure is told in words, and is the exit status. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof StartUpError ? error.message : (error.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
