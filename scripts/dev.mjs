#!/usr/bin/env node
// `npm run dev [-- --demo]`: the same services, restarted when lib/ changes; Next reloads pages by itself.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./progress.mjs";
import { inRoot } from "./project.mjs";
import { serve, serverEnvironment } from "./serve.mjs";

// Keeps the embedded stores running while the server restarts; ends, and gives them back, with this process.
async function holdStores(env) {
  const holder = spawn(process.execPath, ["--import", "tsx", inRoot("lib/embedded/hold-stores.ts")], {
    env,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(holder, "exit");
  const isHeld = await Promise.race([once(holder, "message").then(() => true), ended.then(() => false)]);
  const release = async () => {
    if (holder.connected) holder.disconnect();
    await ended;
  };
  return { isHeld, release };
}

await runMain(async () => {
  const { demo } = parseArgs({ options: { demo: { type: "boolean", default: false } } }).values;
  await installDependencies();
  await generateClient();
  const env = serverEnvironment({ isDemo: demo, mode: "development" });
  const stores = await holdStores(env);
  if (!stores.isHeld) return 1;
  try {
    const server = [
      inRoot("node_modules/tsx/dist/cli.mjs"),
      "watch",
      "--clear-screen=false",
      "lib/server/main.ts",
      "--dev",
    ];
    const stop = ["--import", "tsx", inRoot("lib/embedded/stop-unused-stores.ts")];
    return await serve([...server, ...(demo ? ["--demo"] : [])], stop, env);
  } finally {
    await stores.release();
  }
});
