import { once } from "node:events";
import type { Server } from "node:http";
import { ConfigurationError } from "@/lib/config/configuration-error";

/** Binds the server. Throws a ConfigurationError that says what to do when the address cannot be had. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw toConfigurationError(error, { host, port });
  }
}

function toConfigurationError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  if (code === "EADDRINUSE") {
    return new ConfigurationError({
      subject: "PORT",
      problem: `${host}:${port} is in use by another program`,
      mend: "stop that program, or choose another port, such as PORT=3100",
      cause: error,
    });
  }
  if (code === "EACCES") {
    return new ConfigurationError({
      subject: "PORT",
      problem: `this user may not listen on ${host}:${port}`,
      mend: "choose a port above 1023, such as PORT=3000",
      cause: error,
    });
  }
  if (code !== "EADDRNOTAVAIL" && code !== "ENOTFOUND") return error;
  return new ConfigurationError({
    subject: "HOST",
    problem: `${host} is no address of this machine`,
    mend: "set it to an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them",
    cause: error,
  });
}
