import { currentEnv } from "@/lib/config/current-env";

/**
 * The origins of Gatehouse's own pages. On this machine's loopback, `localhost` and `127.0.0.1` are the same place, and
 * people type either.
 */
export function publicOrigins(): string[] {
  const { origin, hostname, protocol, port } = new URL(currentEnv.get().gatehouseUrl);
  const loopback = ["localhost", "127.0.0.1"];
  if (protocol !== "http:" || !loopback.includes(hostname)) return [origin];
  return loopback.map((host) => `http://${host}${port === "" ? "" : `:${port}`}`);
}
