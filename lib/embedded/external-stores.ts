import pg from "pg";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { openRedis } from "@/lib/redis/open-redis";

const connectMilliseconds = 10_000;
const postgresVersionMin = 150_000;
const redisMajorMin = 7;

/** Connects once and checks the version. Throws a ConfigurationError that names the variable; never shows a password. */
export async function assertPostgresUsable(variable: string, connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectMilliseconds });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int as version, version() as name",
    );
    if (rows[0].version < postgresVersionMin)
      throw tooOld(variable, `Postgres 15 or newer is needed, and this is ${rows[0].name}`);
  } catch (cause) {
    throw cause instanceof ConfigurationError ? cause : postgresRefusal(variable, new URL(connectionString), cause);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** As `assertPostgresUsable`, for REDIS_URL; of a cluster, one node is asked. */
export async function assertRedisUsable(redisUrl: string): Promise<void> {
  const client = openRedis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: connectMilliseconds,
    maxRetriesPerRequest: 0,
  });
  let failure: unknown;
  client.on("error", (error) => {
    failure = error;
  });
  try {
    await client.connect();
    const major = Number(/redis_version:(\d+)/.exec(await client.info("server"))?.[1]);
    if (major < redisMajorMin)
      throw tooOld("REDIS_URL", `Redis 7 or newer (or Valkey) is needed, and this is ${major}`);
  } catch (cause) {
    throw cause instanceof ConfigurationError ? cause : redisRefusal(hostsOf(redisUrl), failure ?? cause);
  } finally {
    client.disconnect();
  }
}

function tooOld(subject: string, problem: string): ConfigurationError {
  return new ConfigurationError({
    subject,
    problem,
    mend: "name a newer server, or unset the variable to use the embedded one",
  });
}

function postgresRefusal(subject: string, url: URL, cause: unknown): ConfigurationError {
  const code = codeOf(cause);
  const user = decodeURIComponent(url.username) || "(none)";
  const database = decodeURIComponent(url.pathname.slice(1));
  const refusals: Record<string, [problem: string, mend: string]> = {
    "28P01": [
      `${url.host} refuses the password of the user ${user}`,
      "correct the password in the URL (special characters percent-encoded)",
    ],
    "28000": [
      `${url.host} does not let the user ${user} in from here`,
      "correct the user, or allow it in the server's pg_hba.conf",
    ],
    "3D000": [
      `${url.host} has no database ${database}`,
      `create it (create database "${database}"), or correct the name in the URL`,
    ],
    "53300": [`${url.host} has no connection left`, "raise max_connections of the server, or stop other clients"],
    "57P03": [`${url.host} is starting up or shutting down`, "wait a moment and start again"],
  };
  const [problem, mend] = refusals[code] ?? unreachable("Postgres", url.host, cause);
  return new ConfigurationError({ subject, problem, mend, cause });
}

function redisRefusal(hosts: string, cause: unknown): ConfigurationError {
  const isPassword = /WRONGPASS|NOAUTH|invalid password|AUTH/i.test(String(cause));
  const [problem, mend] = isPassword
    ? [`${hosts} refuses the user or password`, "correct them in the URL: redis://user:password@host:6379"]
    : unreachable("Redis", hosts, cause);
  return new ConfigurationError({ subject: "REDIS_URL", problem, mend, cause });
}

// Several hosts are no URL that the standard knows. The user and the password stay out of it.
function hostsOf(redisUrl: string): string {
  return redisUrl.replace(/^[^:]+:\/\/(?:[^@/]*@)?([^/?#]*).*$/, "$1");
}

function unreachable(server: string, host: string, cause: unknown): [problem: string, mend: string] {
  const reason = codeOf(cause) || (cause instanceof Error ? cause.message : String(cause));
  return [
    `no ${server} can be reached at ${host} (${reason})`,
    "check that it runs and that host and port are right, or unset the variable to use the embedded one",
  ];
}

// Node joins the failures of a name's several addresses into one AggregateError.
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
