import type { Server } from "node:http";
import { logger } from "@/lib/observability/logger";

/** Milliseconds for which requests under way may finish. */
const drainMilliseconds = 10_000;
/** How often connections that have become idle are closed meanwhile. */
const idleMilliseconds = 50;

/** Stops accepting, lets the requests under way finish, and cuts off those that do not in ten seconds. */
export async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), idleMilliseconds);
  const patience = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
  await closed;
  clearInterval(idle);
  clearTimeout(patience);
}

/** Runs every closer in order; one that fails is logged and keeps no other from its turn. */
export async function closeInOrder(closers: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closers) {
    await close().catch((error: unknown) => logger.peek()?.error({ err: error }, "something could not be closed"));
  }
}
