import { type Command, Option } from "commander";
import { AppError } from "@/lib/errors/app-error";
import { outputOf, runOnStores } from "./run-command";

/** Adds `db url`. */
export function addDbCommands(program: Command): void {
  program
    .command("db")
    .description("reach the embedded Postgres")
    .command("url")
    .description("print the connection URL of the embedded Postgres; it lives while something uses it")
    .addOption(new Option("--superuser", "the bootstrap superuser instead of the owner"))
    .action((options: { superuser?: boolean }, command: Command) => printUrl(options, command));
}

function printUrl({ superuser = false }: { superuser?: boolean }, command: Command): Promise<void> {
  return runOnStores(command, async ({ env, stores }) => {
    if (env.databaseUrl || !stores.superuserUrl) {
      throw new AppError("CONFLICT", "DATABASE_URL names the database, so there is no embedded one. Use that URL.");
    }
    const url = superuser ? stores.superuserUrl : stores.migrateUrl;
    const output = outputOf(command);
    output.result({ url }, () => url);
    if (!output.json) output.note("The server runs while an instance is up; its port may change at the next start.");
  });
}
