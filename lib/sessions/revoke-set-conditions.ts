import { outOfReach, type Reach } from "@/lib/authorization/out-of-reach";
import { Prisma } from "@/prisma/generated/client";
import { type ResolvedSessionFilter, toSessionConditions } from "./session-conditions";

/** Which sessions are meant by a filter, and which of those its revocation leaves alone. */
export type RevocationSet = {
  filter: ResolvedSessionFilter;
  /** Sessions that began later are not meant; null: they are. */
  createdUntil: string | null;
  /** Sessions that are left out: one's own. */
  spared: string[];
  /** People who are out of the caller's reach are left out, but never the caller. */
  reach: Reach;
  actorId: string | null;
};

/**
 * A select of the ids of sessions, living or dead, that are meant by the set and not left out of it. `people` is where the
 * people stand whom it leaves out, in a statement that has asked for them already.
 */
export function endedBySet(set: RevocationSet, people = Prisma.sql`(${peopleLeftOut(set)})`): Prisma.Sql {
  const conditions = [
    ...meantBy(set),
    Prisma.sql`s.id <> all (${set.spared}::uuid[])`,
    Prisma.sql`not exists (select from ${people} people where people.user_id = s.user_id)`,
  ];
  const where = Prisma.join(conditions, " and ");
  if (!set.reach.inTenant) return Prisma.sql`select s.id from session s where ${where}`;
  // What a tenant sees lies in two indexes. Asked for in one condition, all of it would be looked up before the first.
  const here = Prisma.sql`(select gatehouse.current_tenant_id())`;
  return Prisma.sql`
    select s.id from session s where s.active_tenant_id = ${here} and ${where}
    union all
    select s.id from session s where s.home_tenant_id = ${here} and s.active_tenant_id is distinct from ${here} and ${where}`;
}

/** A select of `id`, `user_id` and `reason` of sessions, living or dead, that are meant by the set and left out of it. */
export function leftOutBySet(set: RevocationSet, people = Prisma.sql`(${peopleLeftOut(set)})`): Prisma.Sql {
  const meant = Prisma.join([Prisma.sql`true`, ...meantBy(set)], " and ");
  return Prisma.sql`
    select s.id, s.user_id, 'own' as reason from session s where s.id = any (${set.spared}::uuid[]) and ${meant}
    union all
    select s.id, s.user_id, (select people.reason from ${people} people where people.user_id = s.user_id) from session s
    where s.user_id = any (array(select people.user_id from ${people} people))
      and s.id <> all (${set.spared}::uuid[]) and ${meant}`;
}

/** A select of the ids of sessions, living or dead, that a filter means and that began after a moment. */
export function begunSince(filter: ResolvedSessionFilter, moment: string): Prisma.Sql {
  const conditions = [Prisma.sql`s.created_at > ${moment}::timestamptz`, ...toSessionConditions(filter, row)];
  return Prisma.sql`select s.id from session s where ${Prisma.join(conditions, " and ")}`;
}

const row = Prisma.raw("s");

/** A select of `user_id` and `reason` of everybody whom the set leaves out. */
export function peopleLeftOut({ reach, actorId }: RevocationSet): Prisma.Sql {
  return Prisma.sql`select o.user_id, min(o.reason) as reason from (${outOfReach(reach)}) o
    where o.user_id is distinct from ${actorId}::uuid group by o.user_id`;
}

function meantBy({ filter, createdUntil }: RevocationSet): Prisma.Sql[] {
  const conditions = toSessionConditions(filter, row);
  if (createdUntil === null) return conditions;
  return [...conditions, Prisma.sql`s.created_at <= ${createdUntil}::timestamptz`];
}
