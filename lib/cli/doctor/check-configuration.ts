import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "@/lib/config/env";
import { type Finding, findings } from "./finding";

const address = findings("client address");
const secrets = findings("secrets");
const mail = findings("mail");

/** How callers' addresses are known, who can read the secrets, and whether mail leaves the house. */
export function checkConfiguration(env: Env): Finding[] {
  return [checkClientAddress(env), checkTransport(env), ...checkSecrets(env), checkMail(env)];
}

function checkClientAddress({ trustedProxies, host, gatehouseUrl }: Env): Finding {
  const everybody = trustedProxies.find((range) => /\/0$/.test(range));
  if (everybody) {
    return address.failure(
      `TRUSTED_PROXIES contains ${everybody}: anybody can claim any address, and so escape every limit by address`,
      "set it to the addresses of your own proxies",
    );
  }
  if (trustedProxies.length > 0) return address.ok(`X-Forwarded-For is believed from ${trustedProxies.join(", ")}`);
  if (isLoopback(host) && !isLoopback(new URL(gatehouseUrl).hostname)) {
    return address.warning(
      "it listens on this machine only and is reached under another name, so a proxy stands in between, and all callers look like it",
      "set TRUSTED_PROXIES to the proxy's address, such as 127.0.0.1/32",
    );
  }
  return address.ok("the connection's own address counts; no proxy is trusted");
}

function checkTransport({ gatehouseUrl }: Env): Finding {
  const url = new URL(gatehouseUrl);
  if (url.protocol === "https:" || isLoopback(url.hostname)) return address.ok(`people reach it at ${gatehouseUrl}`);
  return address.warning(
    `people reach it at ${gatehouseUrl}, where passwords and cookies travel in the clear`,
    "put a proxy with TLS in front, and set GATEHOUSE_URL to its https:// address",
  );
}

function checkSecrets({ betterAuthSecret, dataDir }: Env): Finding[] {
  const files = ["auth-secret", "store-credentials.json"]
    .map((name) => join(dataDir, name))
    .filter((path) => existsSync(path));
  const open = files.filter((path) => (statSync(path).mode & 0o077) !== 0);
  const found = open.map((path) =>
    secrets.failure(`${path} can be read by others on this machine`, `chmod 600 ${path}`),
  );
  if (found.length > 0) return found;
  const where = betterAuthSecret ? "BETTER_AUTH_SECRET is set" : "the secret is generated, in the data directory";
  return [secrets.ok(files.length === 0 ? where : `${where}; its files are readable by their owner only`)];
}

function checkMail({ smtpUrl }: Env): Finding {
  if (smtpUrl) return mail.ok(`mail leaves by ${new URL(smtpUrl).host}`);
  return mail.warning(
    "SMTP_URL is not set: mail is captured, and shown to platform owners only",
    "set SMTP_URL and MAIL_FROM",
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127\./.test(host);
}
