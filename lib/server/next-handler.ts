import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import next from "next";
import type { Env } from "@/lib/config/env";
import { AppError } from "@/lib/errors/app-error";
import type { RequestHandler } from "./http-server";
import { sendProblem } from "./send-problem";

/** Next behind our own server. */
export type NextHandler = {
  /** Answers everything that comes to it. */
  handle: RequestHandler;
  /** Passes an upgraded connection on, for hot reload. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close: () => Promise<void>;
};

/** Prepares Next, in this process; in production its build must exist. */
export async function createNextHandler({ dev, env }: { dev: boolean; env: Env }): Promise<NextHandler> {
  const app = next({ dev, dir: findApplication(), hostname: env.host, port: env.port, quiet: !dev });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    handle: async (request, response, facts) => {
      if (!isWellEncoded(facts.path)) {
        sendProblem(response, new AppError("INVALID_INPUT", "This address is not well encoded."), facts);
        return true;
      }
      const { headers } = facts;
      for (let index = 0; index + 1 < headers.length; index += 2) {
        response.setHeader(headers[index] ?? "", headers[index + 1] ?? "");
      }
      await handle(request, response);
      return true;
    },
    upgrade: (request, socket, head) => {
      upgrade(request, socket, head).catch(() => socket.destroy());
    },
    close: () => app.close(),
  };
}

// Next answers a path that cannot be decoded with a 500.
function isWellEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

// The code runs from lib/ in development and from dist/ in production: look upward from wherever this file is.
function findApplication(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "app"))) return folder;
    folder = dirname(folder);
  }
  throw new Error("The folder app is missing from this installation.");
}
