import { isConfigurationError } from "@/lib/config/configuration-error";
import { readEnv } from "@/lib/config/env";
import { acquireStores } from "./embedded-stores";

// Run by scripts/dev.mjs: holds the stores while the server restarts, until the script that started it is gone.
try {
  const env = readEnv();
  const stores = await acquireStores({ dataDir: env.dataDir, env });
  process.once("disconnect", () => void stores.release().finally(() => process.exit(0)));
  process.send?.("held");
} catch (error) {
  if (!isConfigurationError(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
