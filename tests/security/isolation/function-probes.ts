import { randomBytes } from "node:crypto";
import { newId } from "@/lib/db/new-id";
import type { FurnishedTenant } from "./furnished-tenant";

/** A call of a function with what belongs to another tenant, and the same call with what exists nowhere. */
export type FunctionProbe = { name: string; call: string; foreign: unknown[]; absent: unknown[] };

type Sides = { ours: FurnishedTenant; theirs: FurnishedTenant };

const hash = () => randomBytes(32).toString("hex");

/** At least one call of every function that the tenant role may execute. */
export function functionProbes({ ours, theirs }: Sides): FunctionProbe[] {
  const aboutUser = (name: string): FunctionProbe => ({
    name: `${name}(uuid)`,
    call: `select gatehouse.${name}($1)`,
    foreign: [theirs.people.member],
    absent: [newId()],
  });
  return [
    ...impersonationProbes({ ours, theirs }),
    ...rowProbes({ ours, theirs }),
    aboutUser("is_at_home"),
    {
      name: "find_account_lockout(uuid)",
      call: "select * from gatehouse.find_account_lockout($1)",
      foreign: [theirs.people.member],
      absent: [newId()],
    },
    same(
      "find_account_lockouts(boolean,timestamp with time zone,uuid,integer)",
      "select count(*) from gatehouse.find_account_lockouts(true, null, null, 100) where home_tenant_id is distinct from gatehouse.current_tenant_id()",
    ),
    {
      name: "forget_sign_in_failures(text)",
      call: "select * from gatehouse.forget_sign_in_failures($1)",
      foreign: [theirs.emails[4]],
      absent: [`${newId()}@example.com`],
    },
    aboutUser("manages_user"),
    aboutUser("holds_platform_role"),
    ...acceptProbes({ ours, theirs }),
    {
      name: "living_sessions(uuid[])",
      call: "select * from gatehouse.living_sessions($1::uuid[])",
      foreign: [theirs.sessionIds],
      absent: [[newId()]],
    },
    {
      name: "raise_scope_epoch(uuid[])",
      call: "select gatehouse.raise_scope_epoch($1::uuid[]) > 0",
      foreign: [theirs.sessionIds],
      absent: [[newId()]],
    },
    {
      name: "raise_user_epoch(uuid,boolean,boolean,integer,integer)",
      call: "select * from gatehouse.raise_user_epoch($1, true, false, 1000, 40)",
      foreign: [theirs.people.member],
      absent: [newId()],
    },
    {
      name: "hold_request(text,text,text,text)",
      call: "select * from gatehouse.hold_request('a request', 'user', $1, 'a key')",
      foreign: [theirs.people.member],
      absent: [newId()],
    },
    same("users_above_home()", "select * from gatehouse.users_above_home()"),
    same("current_tenant_id()", "select gatehouse.current_tenant_id()"),
    same("hold_admissions()", "select gatehouse.hold_admissions()"),
    same("tighten_sessions(integer)", "select gatehouse.tighten_sessions(1000)"),
    same(
      "idle_deadline(timestamp with time zone,timestamp with time zone,integer,timestamp with time zone,timestamp with time zone)",
      "select gatehouse.idle_deadline('2026-01-01Z', null, 60, null, null)",
    ),
    same(
      "text_keys(timestamp with time zone,text,text,uuid)",
      "select gatehouse.text_keys('2026-01-01Z', 'A name', 'an@address.example', null)",
    ),
    same("enqueue_job(text,json)", "select gatehouse.enqueue_job('no-such-task', '{}')"),
    {
      name: "hold_grants(uuid,boolean)",
      call: "select gatehouse.hold_grants($1, false)",
      foreign: [theirs.tenantId],
      absent: [newId()],
    },
    {
      name: "search_users(text,text,boolean,text,uuid,integer)",
      call: "select * from gatehouse.search_users($1)",
      foreign: [theirs.mark],
      absent: [`z${randomBytes(5).toString("hex")}`],
    },
    {
      name: "set_password_hash(uuid,text)",
      call: "select gatehouse.set_password_hash($1, '$argon2id$v=19$x')",
      foreign: [theirs.people.member],
      absent: [newId()],
    },
  ];
}

const same = (name: string, call: string): FunctionProbe => ({ name, call, foreign: [], absent: [] });

function impersonationProbes({ ours, theirs }: Sides): FunctionProbe[] {
  const start = {
    name: "start_impersonation(uuid,text,uuid,uuid,text,integer)",
    call: "select gatehouse.start_impersonation($1, $2, $3, $4, $5, 60)",
  };
  const [ownSession, theirSession] = [ours.sessionIds[0], theirs.sessionIds[0]];
  return [
    // Somebody of another tenant is acted as; and, the other way round, somebody else's session is what waits.
    {
      ...start,
      foreign: [ownSession, hash(), theirs.people.member, newId(), hash()],
      absent: [ownSession, hash(), newId(), newId(), hash()],
    },
    {
      ...start,
      foreign: [theirSession, hash(), ours.people.member, newId(), hash()],
      absent: [newId(), hash(), ours.people.member, newId(), hash()],
    },
  ];
}

function rowProbes({ theirs }: Sides): FunctionProbe[] {
  const call = "select gatehouse.session_is_alive(jsonb_populate_record(null::session, $1))";
  const row = (id: string | undefined, userId: string, tenantId: string) =>
    JSON.stringify({
      id,
      user_id: userId,
      active_tenant_id: tenantId,
      home_tenant_id: tenantId,
      created_at: "2026-01-01T00:00:00Z",
      expires_at: "2999-01-01T00:00:00Z",
      idle_seconds: 2_000_000_000,
      platform_epoch: 0,
      user_epoch: 0,
      tenant_epoch: 0,
      membership_epoch: 0,
      home_tenant_epoch: 0,
    });
  return [
    {
      name: "session_is_alive(session)",
      call,
      foreign: [row(theirs.sessionIds[4], theirs.people.member, theirs.tenantId)],
      absent: [row(newId(), newId(), newId())],
    },
  ];
}

function acceptProbes({ theirs }: Sides): FunctionProbe[] {
  const accept = {
    name: "accept_invitation(text,uuid,uuid)",
    call: "select * from gatehouse.accept_invitation($1, $2, $3)",
  };
  return [
    {
      ...accept,
      foreign: [theirs.invitationHashes[0], theirs.people.member, newId()],
      absent: [hash(), theirs.people.member, newId()],
    },
  ];
}
