import { runCli } from "./run-cli";

// A reader such as `head` that has seen enough is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
});
// Warnings about how libraries use each other are for their authors, not for whoever gives a command.
process.noDeprecation = true;
process.exitCode = await runCli(process.argv);
