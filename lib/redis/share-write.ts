import type { Redis } from "ioredis";

/**
 * Holds back what is written to Redis until this turn of the event loop is over, so that the commands of all requests
 * that arrived in it leave in one system call: the write is the dearest part of a short command.
 */
export function shareWrite({ stream }: Redis): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}
