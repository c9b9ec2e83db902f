import type { Where } from "better-auth";
import { APIError } from "better-auth/api";
import { raisedError } from "@/lib/db/raised-error";
import { AppError } from "@/lib/errors/app-error";
import { countryDatabase } from "@/lib/geo/country-database";
import { describeDevice, userAgentCharactersMax } from "@/lib/sessions/describe-device";
import { sessionLimits } from "@/lib/sessions/session-limits";
import { authRequestState } from "./auth-request-state";
import { isAdministrator } from "./is-administrator";
import type { ObservedTransaction } from "./observed-transactions";
import type { Row, RowQuery } from "./row-adapter";
import { hashSessionToken } from "./session-cookie";

/** Where a caller names a token, the table knows its hash. Only equality can be asked of it. */
export function withTokenHashes<Query extends RowQuery>(query: Query): Query {
  if (query.model !== "session" || !query.where?.some(isToken)) return query;
  return { ...query, where: query.where.map((condition) => (isToken(condition) ? hashed(condition) : condition)) };
}

/** The token that a query named, which is the only one its answer may carry. */
export function namedToken(where: Where[]): string | undefined {
  const value = where.find(isToken)?.value;
  return typeof value === "string" ? value : undefined;
}

/** A session's row with the caller's own token, or with none. */
export function withToken(row: Row, token: string | undefined): Row {
  if (!("token" in row)) return row;
  return { ...row, token: token !== undefined && row.token === hashSessionToken(token) ? token : "" };
}

/**
 * The columns of a new session. Its limits come from the user's roles, its epoch from the first read of the user in
 * this request, which was before any proof was verified; without such a read there is no session.
 */
export async function toSessionInsert({ tx }: ObservedTransaction, data: Row): Promise<Row> {
  const state = authRequestState();
  const user = state?.users.get(String(data.userId));
  if (!state || !user) throw new Error("A session was asked for before its user was read.");
  if (user.isInvited) await tx.$executeRaw`update "user" set invited_at = null where id = ${user.id}::uuid`;
  const limits = sessionLimits({ isAdministrator: await isAdministrator(tx, user.id), rememberMe: state.rememberMe });
  const createdAt = new Date();
  const userAgent = state.userAgent?.slice(0, userAgentCharactersMax) ?? null;
  return {
    ...data,
    ...describeDevice(userAgent),
    token: hashSessionToken(String(data.token)),
    createdAt,
    updatedAt: createdAt,
    expiresAt: new Date(createdAt.getTime() + limits.absoluteSeconds * 1000),
    idleSeconds: limits.idleSeconds,
    ipAddress: state.clientAddress,
    country: countryDatabase.peek()?.countryOf(state.clientAddress) ?? null,
    userAgent,
    method: "password",
    rememberMe: state.rememberMe,
    userEpoch: user.sessionEpoch,
    // The other epochs are the database's to fill, under the lock that keeps them still.
    platformEpoch: 0,
  };
}

/**
 * A refusal by the database (an outdated epoch, a locked user) looks like wrong credentials; that of a policy says what
 * it is, to somebody who has proved who they are.
 */
export function toSessionRefusal(error: unknown): unknown {
  const raised = raisedError(error);
  if (!raised) return error;
  const state = authRequestState();
  if (state) state.cause = outdated.has(raised.code) ? "refused" : "policy";
  if (!outdated.has(raised.code)) return new AppError("FORBIDDEN", raised.message, { cause: error });
  return new APIError("UNAUTHORIZED", { code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" });
}

function isToken(condition: Where): boolean {
  return condition.field === "token";
}

function hashed(condition: Where): Where {
  const { operator = "eq", value } = condition;
  if (operator === "eq" && typeof value === "string") return { ...condition, value: hashSessionToken(value) };
  if (operator === "in" && Array.isArray(value))
    return { ...condition, value: value.map((token) => hashSessionToken(String(token))) };
  throw new Error(`A session's token cannot be compared by "${operator}": only its hash is stored.`);
}

// Raised by the trigger that admits sessions: the epoch has moved since the user was read; the user is locked.
const outdated = new Set(["GH001", "GH002"]);
