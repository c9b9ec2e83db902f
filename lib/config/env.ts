import { resolve } from "node:path";
import { z } from "zod";
import { ConfigurationError } from "./configuration-error";
import { cidrList, host, origin, port, postgresUrl, redisUrl, secret, urlOf } from "./env-values";

const variables = z.object({
  PORT: port.default(3000),
  HOST: host.default("127.0.0.1"),
  GATEHOUSE_URL: origin.optional(),
  GATEHOUSE_DATA_DIR: z.string().default(".data"),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_MIGRATE_URL: postgresUrl.optional(),
  DATABASE_REPLICA_URL: postgresUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  BETTER_AUTH_SECRET: secret.optional(),
  GATEHOUSE_OWNER_EMAIL: z.email("set it to an e-mail address").optional(),
  GATEHOUSE_OWNER_PASSWORD: z
    .string()
    .min(12, "set it to 12 to 128 characters")
    .max(128, "set it to 12 to 128 characters")
    .optional(),
  TRUSTED_PROXIES: cidrList.default([]),
  GEOIP_DATABASE: z.string().optional(),
  SMTP_URL: urlOf(["smtp:", "smtps:"], "smtps://user:password@mail.example.com:465").optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      "set it to an address, such as Gatehouse <no-reply@example.com>",
    )
    .optional(),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "set it to fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(["http:", "https:"], "http://localhost:4318").optional(),
  WORKER: z.enum(["on", "off"], "set it to on or off").default("on"),
  METRICS_TOKEN: z.string().min(16, "set it to at least 16 characters").optional(),
  PATH: z.string().default(""),
  NODE_ENV: z.string().optional(),
  GATEHOUSE_USER_NODE_ENV: z.string().optional(),
});

type Variables = z.infer<typeof variables>;

/** Everything that the environment decides, checked and typed. Field names are those of the variables in camel case. */
export type Env = {
  port: number;
  host: string;
  /** Public origin, without a trailing slash: cookies, links, CSRF. */
  gatehouseUrl: string;
  /** Absolute path of the data directory. */
  dataDir: string;
  /** Absent: the embedded Postgres. */
  databaseUrl?: string;
  /** Absent: migrations use `databaseUrl`. */
  databaseMigrateUrl?: string;
  databaseReplicaUrl?: string;
  /** Absent: the embedded Redis. */
  redisUrl?: string;
  /** Absent: `loadAuthSecret` makes one in the data directory. */
  betterAuthSecret?: string;
  /** The first platform owner, made at start if there is none. */
  owner?: { email: string; password: string };
  /** CIDRs whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Absolute path of a file in MaxMind's format; absent: sessions have no country. */
  geoipDatabase?: string;
  /** Absent: mail is captured. */
  smtpUrl?: string;
  mailFrom: string;
  logLevel: Variables["LOG_LEVEL"];
  otelExporterOtlpEndpoint?: string;
  metricsToken?: string;
  /** False: background jobs run in another process. */
  worker: boolean;
  /** True if the operator declared NODE_ENV=production, which is apart from the mode in which Next runs. */
  production: boolean;
  /** The PATH, on which an installed Redis is looked for. */
  searchPath: string;
};

/**
 * Reads the environment; empty variables count as absent. The only reader of process.env in lib/.
 * Throws a ConfigurationError that names the variable and the mend.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const result = variables.safeParse(present);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw refusal(String(issue?.path[0] ?? "environment"), "its value is not valid", issue?.message ?? "check it");
  }
  assertConsistent(result.data);
  return toEnv(result.data);
}

function refusal(subject: string, problem: string, mend: string): ConfigurationError {
  return new ConfigurationError({ subject, problem, mend });
}

// `up` serves a production build and so sets NODE_ENV for Next; what the operator said travels beside it.
function isProduction(values: Variables): boolean {
  return (values.GATEHOUSE_USER_NODE_ENV ?? values.NODE_ENV) === "production";
}

function assertConsistent(values: Variables): void {
  if (Boolean(values.GATEHOUSE_OWNER_EMAIL) !== Boolean(values.GATEHOUSE_OWNER_PASSWORD)) {
    const missing = values.GATEHOUSE_OWNER_EMAIL ? "GATEHOUSE_OWNER_PASSWORD" : "GATEHOUSE_OWNER_EMAIL";
    throw refusal(missing, "it is not set, but its companion is", "set both, or neither");
  }
  if (values.DATABASE_MIGRATE_URL && !values.DATABASE_URL) {
    throw refusal(
      "DATABASE_URL",
      "it is not set, but DATABASE_MIGRATE_URL is",
      "set DATABASE_URL to the run-time login of the same database",
    );
  }
  if (values.SMTP_URL && !values.MAIL_FROM) {
    throw refusal(
      "MAIL_FROM",
      "it is not set, but SMTP_URL is",
      "set it to the sender, such as Gatehouse <no-reply@example.com>",
    );
  }
  if (isProduction(values) && values.DATABASE_URL && !values.BETTER_AUTH_SECRET) {
    throw refusal(
      "BETTER_AUTH_SECRET",
      "it is required with NODE_ENV=production and DATABASE_URL, because every instance must share it",
      "set it to at least 32 random characters, for instance from `openssl rand -base64 32`",
    );
  }
}

function toEnv(values: Variables): Env {
  const { GATEHOUSE_OWNER_EMAIL: email, GATEHOUSE_OWNER_PASSWORD: password } = values;
  return {
    port: values.PORT,
    host: values.HOST,
    gatehouseUrl: values.GATEHOUSE_URL ?? `http://localhost:${values.PORT}`,
    dataDir: resolve(values.GATEHOUSE_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    databaseMigrateUrl: values.DATABASE_MIGRATE_URL,
    databaseReplicaUrl: values.DATABASE_REPLICA_URL,
    redisUrl: values.REDIS_URL,
    betterAuthSecret: values.BETTER_AUTH_SECRET,
    owner: email && password ? { email, password } : undefined,
    trustedProxies: values.TRUSTED_PROXIES,
    geoipDatabase: values.GEOIP_DATABASE && resolve(values.GEOIP_DATABASE),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? "Gatehouse <gatehouse@localhost>",
    logLevel: values.LOG_LEVEL,
    otelExporterOtlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    metricsToken: values.METRICS_TOKEN,
    worker: values.WORKER === "on",
    production: isProduction(values),
    searchPath: values.PATH,
  };
}
