import type { Command } from "commander";
import type { RequestContext } from "@/lib/operations/request-context";
import type { SessionFilter } from "@/lib/sessions/session-filter";
import { findUser } from "./find-user";
import { wholeNumber } from "./option-parsers";

/** The flags by which sessions are found, as they were typed; the operation says what is wrong with them. */
export type SessionFilterFlags = {
  user?: string;
  search?: string;
  role?: string;
  ip?: string;
  country?: string;
  device?: string;
  browser?: string;
  os?: string;
  method?: string;
  level?: number;
  createdAfter?: string;
  createdBefore?: string;
  idleSince?: string;
  impersonated?: boolean;
};

/** Adds the flags by which sessions are found, but the tenant's, which is a scope to some commands. */
export function addSessionFilterOptions(command: Command): Command {
  return command
    .option("--user <user>", "of this user: id or e-mail address")
    .option("--search <text>", "part of the user's address or name")
    .option("--role <role>", "of holders of this role: id or key")
    .option("--ip <address>", "an address or a CIDR range")
    .option("--country <code>", "two letters, as in CH")
    .option("--device <kind>", "desktop, mobile, tablet or tv")
    .option("--browser <name>", "its name without a version, as in Firefox")
    .option("--os <name>", "the system's name without a version, as in Windows")
    .option("--method <method>", "how the person signed in, as in password")
    .option("--level <n>", "authentication level: 1, 2 or 3", wholeNumber)
    .option("--created-after <time>", "signed in at this time or later, such as 2030-01-31T12:00:00Z")
    .option("--created-before <time>", "signed in before this time")
    .option("--idle-since <time>", "last seen before this time")
    .option("--impersonated", "in which an administrator acts as the user")
    .option("--no-impersonated", "in which nobody acts as the user");
}

/** The filter that these flags describe; a user is looked up. Throws `NOT_FOUND`. */
export async function toSessionFilter(ctx: RequestContext, flags: SessionFilterFlags): Promise<object> {
  const { user, level, search, role, ip, country, device, browser, os, method, ...times } = flags;
  const { createdAfter, createdBefore, idleSince, impersonated } = times;
  const filter: Record<keyof SessionFilter, unknown> = {
    userId: user === undefined ? undefined : (await findUser(ctx, user)).id,
    authenticationLevel: level,
    tenant: undefined,
    ...{ search, role, ip, country, device, browser, os, method },
    ...{ createdAfter, createdBefore, idleSince, impersonated },
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
