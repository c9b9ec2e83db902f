import { Command } from "commander";
import { addAuditCommands } from "./audit-commands";
import { addCreateOwnerCommand } from "./create-owner-command";
import { addDbCommands } from "./db-commands";
import { addDoctorCommand } from "./doctor-command";
import { addSeedCommands } from "./seed-commands";
import { addSessionsCommands } from "./sessions-commands";
import { addUsersCommands } from "./users-commands";

/** The command line with all its groups. Throws commander's errors instead of leaving the process. */
export function buildProgram(): Command {
  const program = new Command("gatehouse")
    .description(
      "Administers this installation on its stores directly: no browser session and no running server needed.",
    )
    .option("--json", "print machine-readable output")
    .option("--verbose", "on failure, print the stack trace")
    .addHelpText(
      "after",
      "\nExit status: 0 done, 1 refused or failed, 2 bad usage.\nFrom npm: npm run gatehouse -- <command>",
    );
  for (const add of groups) add(program);
  applyToAll(program, (command) => {
    command.exitOverride().showSuggestionAfterError().configureHelp({ showGlobalOptions: true });
  });
  return program;
}

const groups = [
  addCreateOwnerCommand,
  addUsersCommands,
  addSessionsCommands,
  addAuditCommands,
  addSeedCommands,
  addDoctorCommand,
  addDbCommands,
];

// Settings are inherited only by commands made after them.
function applyToAll(command: Command, set: (command: Command) => void): void {
  set(command);
  for (const child of command.commands) applyToAll(child, set);
}
