import { Prisma } from "@/prisma/generated/client";
import { verifiedMax } from "./session-windows";

/** A session that is alive, with what fencing it takes and what a receipt shows of it. */
export type EndableSession = {
  id: string;
  userId: string;
  tokenHash: string;
  /** Null where the scope does not see the user, and beyond the first `verifiedMax` of a set. */
  email: string | null;
  name: string | null;
  device: string | null;
  browser: string | null;
  os: string | null;
  ipAddress: string | null;
};

/** Living sessions of a set, all of them up to a bound; `beyond`: the set has more, of which these are some. */
export type FoundSessions = { sessions: EndableSession[]; beyond: boolean };

/** Rows that are asked whether they are alive where a set has too many: enough for those that are tried afterwards. */
export const askedBeyond = 2 * verifiedMax;

/**
 * The columns of an `EndableSession`, and where they come from: of the session `s`, which is the `n`-th of those that are
 * found, and of its user as far as the scope sees it. Only of the first, which are tried afterwards, is it looked up.
 */
export const endable = Prisma.sql`s.id::text as id, s.user_id::text as "userId", s.token_hash as "tokenHash", u.email, u.name, s.device,
  s.browser, s.os, host(s.ip_address) as "ipAddress"`;

/** The joins behind `endable`. */
export const withUser = (n: Prisma.Sql) => Prisma.sql`left join lateral (
  select person.email, person.name from "user" person where person.id = s.user_id and ${n} <= ${verifiedMax}::int offset 0) u on true`;

/** A row of a set that may be empty: it has one row all the same, without a session. */
export type MaybeSession = { [Key in keyof EndableSession]: string | null };

/** The sessions in the rows of such a set. */
export function sessionsOf(rows: MaybeSession[]): EndableSession[] {
  return rows.flatMap(({ id, userId, tokenHash, email, name, device, browser, os, ipAddress }) =>
    id === null || userId === null || tokenHash === null
      ? []
      : [{ id, userId, tokenHash, email, name, device, browser, os, ipAddress }],
  );
}
