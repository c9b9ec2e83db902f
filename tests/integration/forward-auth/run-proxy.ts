import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FoundProgram, findDebianProgram } from "@/tests/support/debian-program";
import { type Ports, readExample } from "./proxy-bed";

/** A proxy that is running. */
export type RunningProxy = { stop: () => Promise<void> };

/** nginx with examples/forward-auth/nginx.conf in its http block. */
export async function runNginx({ path, env }: Extract<FoundProgram, { path: string }>, ports: Ports) {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-nginx-"));
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  for (const kind of kinds) mkdirSync(join(directory, kind));
  writeFileSync(join(directory, "gatehouse.conf"), readExample("nginx.conf", ports));
  // One process in the foreground, with all that it writes in its directory: no rights of root are needed.
  const lines = [
    "daemon off; master_process off;",
    `pid ${directory}/nginx.pid; error_log ${directory}/error.log;`,
    "events { worker_connections 256; }",
    "http {",
    "access_log off;",
    ...kinds.map((kind) => `${kind}_temp_path ${directory}/${kind};`),
    `include ${directory}/gatehouse.conf;`,
    "}",
  ];
  writeFileSync(join(directory, "nginx.conf"), lines.join("\n"));
  const child = spawn(
    path,
    ["-p", directory, "-c", join(directory, "nginx.conf"), "-e", join(directory, "error.log")],
    {
      env: { ...process.env, ...env },
    },
  );
  return whenOpen(child, ports, directory);
}

/** Caddy with examples/forward-auth/Caddyfile. */
export async function runCaddy({ path, env }: Extract<FoundProgram, { path: string }>, ports: Ports) {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-caddy-"));
  const file = join(directory, "Caddyfile");
  writeFileSync(file, readExample("Caddyfile", ports));
  const child = spawn(path, ["run", "--config", file, "--adapter", "caddyfile"], {
    env: { ...process.env, ...env, XDG_CONFIG_HOME: directory, XDG_DATA_HOME: directory },
  });
  return whenOpen(child, ports, directory);
}

/** nginx ≥ 1.20 and Caddy ≥ 2.5 of this system, or Debian's. */
export const findNginx = () =>
  findDebianProgram({ name: "nginx", program: "usr/sbin/nginx", libraries: ["libpcre2-8-0"] });
export const findCaddy = () => findDebianProgram({ name: "caddy", program: "usr/bin/caddy" });

async function whenOpen(child: ChildProcess, { serviceDoor }: Ports, directory: string): Promise<RunningProxy> {
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(String(chunk)));
  const stop = async () => {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    const ended = hasEnded ? null : once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  const end = Date.now() + 20_000;
  while (!(await isOpen(serviceDoor))) {
    if (child.exitCode === null && Date.now() < end) continue;
    await stop();
    throw new Error(`The proxy did not start.\n${output.join("")}`);
  }
  return { stop };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const open = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => setTimeout(resolve, 50, false));
  });
  socket.destroy();
  return open;
}
