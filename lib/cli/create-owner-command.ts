import { type Command, Option } from "commander";
import { createOwner } from "@/lib/platform/create-owner";
import { UsageError } from "./cli-failure";
import { formatDocument } from "./cli-output";
import { readPassword } from "./read-password";
import { runCommand } from "./run-command";

/** Adds `create-owner`. */
export function addCreateOwnerCommand(program: Command): void {
  program
    .command("create-owner")
    .description("create a platform owner")
    .requiredOption("--email <address>", "their e-mail address")
    .option("--name <name>", "their name; the address's first part when left out")
    .addOption(new Option("--password-stdin", "read the password from standard input: arguments are visible to others"))
    .action((options: OwnerFlags, command: Command) => run(options, command));
}

type OwnerFlags = { email: string; name?: string; passwordStdin?: boolean };

async function run({ email, name, passwordStdin = false }: OwnerFlags, command: Command): Promise<void> {
  if (!passwordStdin) throw new UsageError("Add --password-stdin, and pipe the password in.");
  const password = await readPassword();
  await runCommand(command, async ({ ctx, output }) => {
    const owner = await createOwner(ctx, { email, name: name ?? email.split("@")[0] ?? email, password });
    output.result(owner, () =>
      formatDocument("Platform owner created", [
        ["Id", owner.id],
        ["E-mail", owner.email],
        ["Name", owner.name],
      ]),
    );
  });
}
