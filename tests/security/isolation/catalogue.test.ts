import { describe, expect, test } from "vitest";
import { connectTo, refusalOf } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

// Every object of the database is accounted for here: a new one fails these tests until somebody decides what it is.

/** Tables without row-level security: they hold nothing of any tenant or person. */
const globalTables = ["public._prisma_migrations"];

/** Tables of which the unscoped login reads rows: identity, its own sessions, and who is a member where. */
const identityTables = [
  "account",
  "membership",
  "platform",
  "session",
  "session_activity",
  "user",
  "user_activity",
  "verification",
];

/** Who may execute what, besides the owner of a function. Trigger functions are executed by nobody. */
const executors: Record<string, string[]> = {
  "accept_invitation(text,uuid,uuid)": ["gatehouse_tenant"],
  "address_is_allowed(uuid,inet)": ["gatehouse_app"],
  "check_api_key(text,text)": ["gatehouse_app"],
  "check_session(text)": ["gatehouse_app"],
  "claim_sign_in_attempt(text,uuid,timestamp with time zone)": ["gatehouse_app"],
  "clear_sign_in_attempts(text,boolean,integer,integer)": ["gatehouse_app"],
  "create_audit_partitions(integer)": ["gatehouse_owner", "gatehouse_platform"],
  "create_unlock_link(uuid,text,integer,text,text,text,text,text)": ["gatehouse_app"],
  "current_tenant_id()": ["gatehouse_app", "gatehouse_definer", "gatehouse_platform", "gatehouse_tenant"],
  "device_is_disowned(uuid,timestamp with time zone)": ["gatehouse_app"],
  "enqueue_job(text,json)": ["gatehouse_app", "gatehouse_platform", "gatehouse_tenant"],
  "find_account_lockout(uuid)": ["gatehouse_platform", "gatehouse_tenant"],
  "find_account_lockouts(boolean,timestamp with time zone,uuid,integer)": ["gatehouse_platform", "gatehouse_tenant"],
  "find_invitation(text)": ["gatehouse_app"],
  "find_limit_settings(bigint)": ["gatehouse_app"],
  "find_new_device_link(text)": ["gatehouse_app"],
  "find_policies(uuid)": ["gatehouse_app"],
  "find_session_end(text)": ["gatehouse_app"],
  "find_sign_in_account(text)": ["gatehouse_app"],
  "find_tenant_for(uuid,text)": ["gatehouse_app"],
  "find_unlock_link(text)": ["gatehouse_app"],
  "forget_sign_in_failures(text)": ["gatehouse_app", "gatehouse_platform", "gatehouse_tenant"],
  "hold_admissions()": ["gatehouse_platform", "gatehouse_tenant"],
  "hold_grants(uuid,boolean)": ["gatehouse_app", "gatehouse_definer", "gatehouse_platform", "gatehouse_tenant"],
  "hold_request(text,text,text,text)": ["gatehouse_platform", "gatehouse_tenant"],
  "hold_session_rules(uuid,uuid,uuid)": ["gatehouse_app"],
  "holds_platform_role(uuid)": ["gatehouse_platform", "gatehouse_tenant"],
  "idle_deadline(timestamp with time zone,timestamp with time zone,integer,timestamp with time zone,timestamp with time zone)":
    ["gatehouse_app", "gatehouse_definer", "gatehouse_platform", "gatehouse_tenant"],
  "is_at_home(uuid)": ["gatehouse_tenant"],
  "living_sessions(uuid[])": ["gatehouse_platform", "gatehouse_tenant"],
  "load_grants(uuid,uuid)": ["gatehouse_app"],
  "lock_account(text,integer,integer)": ["gatehouse_app"],
  "manages_user(uuid)": ["gatehouse_tenant"],
  "note_api_key_use(uuid,text)": ["gatehouse_app"],
  "note_sign_in(uuid,text,timestamp with time zone,text,integer)": ["gatehouse_app"],
  "purge_tenant(uuid,integer)": ["gatehouse_platform"],
  "raise_scope_epoch(uuid[])": ["gatehouse_platform", "gatehouse_tenant"],
  "raise_user_epoch(uuid,boolean,boolean,integer,integer)": ["gatehouse_platform", "gatehouse_tenant"],
  "reauthentication_seconds(uuid,uuid)": ["gatehouse_app"],
  "record_collector_heartbeat(integer)": ["gatehouse_app", "gatehouse_platform"],
  "redeem_new_device_link(text)": ["gatehouse_platform"],
  "redeem_unlock_link(text)": ["gatehouse_platform"],
  "search_users(text,text,boolean,text,uuid,integer)": ["gatehouse_platform", "gatehouse_tenant"],
  "session_is_alive(session)": ["gatehouse_app", "gatehouse_platform", "gatehouse_tenant"],
  "session_rules(uuid,uuid,uuid)": ["gatehouse_app"],
  "set_password_hash(uuid,text)": ["gatehouse_platform", "gatehouse_tenant"],
  "start_impersonation(uuid,text,uuid,uuid,text,integer)": ["gatehouse_platform", "gatehouse_tenant"],
  "stop_impersonation(uuid,text)": ["gatehouse_platform"],
  "sweep_account_lockouts(integer)": ["gatehouse_platform"],
  "sweep_session_history(integer)": ["gatehouse_platform"],
  "text_keys(timestamp with time zone,text,text,uuid)": [
    "gatehouse_app",
    "gatehouse_definer",
    "gatehouse_platform",
    "gatehouse_tenant",
  ],
  "tighten_sessions(integer)": ["gatehouse_platform", "gatehouse_tenant"],
  "withdraw_sign_in_attempt(text,boolean,integer,integer,boolean)": ["gatehouse_app"],
  "without_version(text)": ["gatehouse_definer"],
  "users_above_home()": ["gatehouse_tenant"],
};

/** Called by triggers and by functions of the same owner only. */
const internalFunctions = [
  "admit_session()",
  "begin_activity()",
  "change_tenant()",
  "complete_last_seen()",
  "end_parked_session()",
  "end_sessions(uuid,uuid,text)",
  "end_sessions_of_deleted_user()",
  "end_sessions_of_removed_member()",
  "enter_tenant(session)",
  "follow_home_tenant()",
  "follow_session()",
  "hand_over_functions()",
  "hold_to_policies()",
  "keep_last_owner()",
  "keep_session_history()",
  "mark_guest()",
  "mark_guests_of_user()",
  "name_browser_and_os()",
  "protect_audit_table(regclass)",
  "raise_epoch_on_lock()",
  "raise_epoch_on_suspension()",
  "raise_limit_version()",
  "refuse_foreign_block()",
  "refuse_foreign_exemption()",
  "refuse_lower_epoch()",
  "refuse_misplaced_invitation_role()",
  "refuse_foreign_owner()",
  "refuse_foreign_view()",
  "refuse_misplaced_limit()",
  "refuse_misplaced_role()",
  "revoke_keys_of_removed_member()",
  "release_removed_member()",
  "tighten_holders(uuid,uuid,integer,integer,integer)",
  "tighten_to_new_roles()",
];

/** What may be written at all, before row-level security narrows it to rows. Columns stand in brackets. */
const rightsToWrite = [
  "gatehouse_app account: delete insert update",
  "gatehouse_app audit_event: insert",
  "gatehouse_app captured_mail: insert",
  "gatehouse_app session: delete insert update(token_hash expires_at updated_at ip_address user_agent browser os device country method remember_me active_tenant_id)",
  "gatehouse_app session_activity: delete insert update",
  "gatehouse_app user: delete insert update",
  "gatehouse_app user_activity: delete insert update",
  "gatehouse_app verification: delete insert update",
  "gatehouse_platform api_key: insert update(prefix secret_hash previous_secret_hash previous_expires_at revoked_at revoked_by_type revoked_by_id revoked_by_name)",
  "gatehouse_platform audit_event: insert",
  "gatehouse_platform captured_mail: delete insert",
  "gatehouse_platform membership: delete insert update(session_epoch)",
  "gatehouse_platform membership_role: delete insert",
  "gatehouse_platform new_device_link: delete",
  "gatehouse_platform platform: update(session_epoch setup_token_hash setup_expires_at)",
  "gatehouse_platform platform_role_assignment: delete insert",
  "gatehouse_platform policy: insert update(session_idle_seconds session_absolute_seconds concurrent_sessions_max concurrent_sessions_mode second_factor_required password_length_min password_composition sign_in_methods allowed_addresses audit_retention_days updated_at remember_me_allowed reauthentication_seconds session_history_days)",
  "gatehouse_platform rate_limit_attempt: delete insert",
  "gatehouse_platform rate_limit_block: delete insert",
  "gatehouse_platform rate_limit_drain: insert update(position updated_at)",
  "gatehouse_platform rate_limit_exemption: delete insert",
  "gatehouse_platform rate_limit_rule: delete insert update(limit_count window_seconds mode version updated_at updated_by_type updated_by_id updated_by_name)",
  "gatehouse_platform rate_limit_tally: delete insert update(allowed refused observed degraded unique_addresses)",
  "gatehouse_platform rate_limit_tenant_tally: delete insert update(allowed refused observed degraded)",
  "gatehouse_platform revocation_receipt: insert update",
  "gatehouse_platform role: delete insert(id tenant_id scope key name rank permissions) update(key name rank permissions updated_at)",
  "gatehouse_platform role_session_limit: delete insert update(session_idle_seconds session_absolute_seconds concurrent_sessions_max updated_at)",
  "gatehouse_platform saved_view: delete insert update(name query shared updated_at)",
  "gatehouse_platform session: delete",
  "gatehouse_platform session_activity: insert update",
  "gatehouse_platform session_ending: delete insert",
  "gatehouse_platform tenant: insert update(slug name updated_at session_epoch suspended_at suspended_reason deletion_requested_at deletes_at)",
  "gatehouse_platform user: delete insert update(name email email_verified image updated_at home_tenant_id session_epoch locked_at locked_until locked_reason invited_at)",
  "gatehouse_platform user_activity: insert update",
  "gatehouse_platform verification: delete",
  "gatehouse_tenant api_key: insert update(prefix secret_hash previous_secret_hash previous_expires_at revoked_at revoked_by_type revoked_by_id revoked_by_name)",
  "gatehouse_tenant audit_event: insert",
  "gatehouse_tenant invitation: insert(id tenant_id email name token_hash invited_by_type invited_by_id invited_by_name created_at expires_at) update(token_hash invited_by_type invited_by_id invited_by_name sent_at expires_at revoked_at)",
  "gatehouse_tenant invitation_role: insert",
  "gatehouse_tenant membership: delete insert update(session_epoch)",
  "gatehouse_tenant membership_role: delete insert",
  "gatehouse_tenant policy: insert update(session_idle_seconds session_absolute_seconds concurrent_sessions_max concurrent_sessions_mode second_factor_required password_length_min password_composition sign_in_methods allowed_addresses audit_retention_days updated_at remember_me_allowed reauthentication_seconds session_history_days)",
  "gatehouse_tenant rate_limit_block: delete insert",
  "gatehouse_tenant rate_limit_exemption: delete insert",
  "gatehouse_tenant revocation_receipt: insert update",
  "gatehouse_tenant role: delete insert(id tenant_id scope key name rank permissions) update(key name rank permissions updated_at)",
  "gatehouse_tenant role_session_limit: delete insert update(session_idle_seconds session_absolute_seconds concurrent_sessions_max updated_at)",
  "gatehouse_tenant saved_view: delete insert update(name query shared updated_at)",
  "gatehouse_tenant session: delete",
  "gatehouse_tenant session_ending: insert",
  "gatehouse_tenant user: delete insert update(name email email_verified image updated_at session_epoch locked_at locked_until locked_reason invited_at)",
];

const { database, admin, app } = await openTestDatabase();

async function column<T = string>(sql: string): Promise<T[]> {
  const { rows } = await admin.query<[T]>({ text: sql, rowMode: "array" });
  return rows.map(([value]) => value);
}

const ourSchemas = "('public', 'gatehouse', 'gatehouse_audit')";
const notOfAnExtension = "not exists (select from pg_depend d where d.objid = x.oid and d.deptype = 'e')";

describe("tables and partitions", () => {
  test("each is under forced row-level security with policies, or on the short global list", async () => {
    const unprotected = await column(`
      select x.oid::regclass::text from pg_class x
      where x.relnamespace::regnamespace::text in ${ourSchemas} and x.relkind in ('r', 'p', 'f') and ${notOfAnExtension}
        and not (x.relrowsecurity and x.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = x.oid))`);
    expect(unprotected.map((name) => (name.includes(".") ? name : `public.${name}`))).toEqual(globalTables);
  });

  test("each table that carries a tenant holds the tenant role by a restrictive policy", async () => {
    const unheld = await column(`
      select distinct x.oid::regclass::text from pg_class x join pg_attribute a on a.attrelid = x.oid
      where x.relnamespace::regnamespace::text in ${ourSchemas} and x.relkind in ('r', 'p')
        and a.attname in ('tenant_id', 'home_tenant_id', 'active_tenant_id')
        and not exists (
          select from pg_policy p where p.polrelid = x.oid and not p.polpermissive and p.polcmd = '*'
            and p.polroles = array['gatehouse_tenant'::regrole::oid])`);
    expect(unheld).toEqual([]);
  });

  test("a restrictive policy names the tenant role alone, and no policy is for everybody", async () => {
    const { rows } = await admin.query(`
      select p.polrelid::regclass::text, p.polname from pg_policy p
      where p.polroles = '{0}' or (not p.polpermissive and p.polroles <> array['gatehouse_tenant'::regrole::oid])`);
    expect(rows).toEqual([]);
  });

  test("each partition of the audit log has the policies of the log", async () => {
    const policies = (relation: string) =>
      column(`select polname || polcmd::text || polpermissive || polroles::regrole[]::text || coalesce(pg_get_expr(polqual, polrelid), '')
        from pg_policy where polrelid = '${relation}'::regclass order by 1`);
    const partitions = await column(
      "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_event'::regclass",
    );
    expect(partitions.length).toBeGreaterThanOrEqual(5);
    const ofTheLog = await policies("audit_event");
    for (const partition of partitions) expect(await policies(partition)).toEqual(ofTheLog);
  });

  test("there is no view, materialised view or foreign table", async () => {
    expect(
      await column(`select x.oid::regclass::text from pg_class x
        where x.relnamespace::regnamespace::text in ${ourSchemas} and x.relkind in ('v', 'm', 'f') and ${notOfAnExtension}`),
    ).toEqual([]);
  });

  test("the unscoped login is refused every table that is not an identity table", async () => {
    const tables = await column(`select x.oid::regclass::text from pg_class x
      where x.relnamespace::regnamespace::text in ('public', 'gatehouse_audit', 'graphile_worker') and x.relkind in ('r', 'p')`);
    const readable: string[] = [];
    for (const table of tables) {
      const refusal = await refusalOf(() => app.query(`select from ${table} limit 1`));
      if (refusal === null) readable.push(table.replaceAll('"', ""));
      else expect(refusal, table).toBe("42501");
    }
    expect(readable.sort()).toEqual([...identityTables, "_prisma_migrations"].sort());
  });

  test("the run-time roles hold exactly the rights to write that are listed here", async () => {
    const held = await column(`
      select r.role || ' ' || t.relname || ': ' || string_agg(p.privilege || coalesce(c.columns, ''), ' ' order by p.privilege)
      from (values ('gatehouse_app'), ('gatehouse_tenant'), ('gatehouse_platform'), ('gatehouse_worker')) r (role)
      cross join pg_class t
      cross join (values ('insert'), ('update'), ('delete'), ('truncate'), ('trigger'), ('references')) p (privilege)
      left join lateral (
        select '(' || string_agg(a.attname, ' ' order by a.attnum) || ')' as columns from pg_attribute a
        where a.attrelid = t.oid and a.attnum > 0 and p.privilege in ('insert', 'update') and not has_table_privilege(r.role, t.oid, p.privilege)
          and has_column_privilege(r.role, t.oid, a.attnum, p.privilege)
      ) c on true
      where t.relnamespace::regnamespace::text in ('public', 'gatehouse_audit') and t.relkind in ('r', 'p')
        and (has_table_privilege(r.role, t.oid, p.privilege) or c.columns is not null)
      group by r.role, t.relname order by 1`);
    expect(held).toEqual(rightsToWrite);
  });

  test("no credential can be read in a scope", async () => {
    const readable = await column(`
      select r.role || ' ' || a.attrelid::regclass || '.' || a.attname
      from (values ('gatehouse_tenant'), ('gatehouse_platform'), ('gatehouse_worker')) r (role)
      cross join pg_attribute a
      where a.attrelid in ('account'::regclass, 'verification'::regclass) and a.attnum > 0
        and has_column_privilege(r.role, a.attrelid, a.attnum, 'select') order by 1`);
    expect(readable).toEqual(["gatehouse_platform verification.expires_at", "gatehouse_platform verification.id"]);
  });
});

describe("functions", () => {
  test("each is known, and executable by exactly those who are named", async () => {
    const { rows } = await admin.query<{ name: string; granted: string[] }>(`
      select x.oid::regprocedure::text as name, array(
        select case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end
        from aclexplode(coalesce(x.proacl, acldefault('f', x.proowner))) a where a.grantee <> x.proowner order by 1) as granted
      from pg_proc x where x.pronamespace::regnamespace::text in ${ourSchemas} and ${notOfAnExtension}`);
    const found = Object.fromEntries(rows.map(({ name, granted }) => [name.replace("gatehouse.", ""), granted]));
    const internal = Object.fromEntries(internalFunctions.map((name) => [name, []]));
    expect(found).toEqual({ ...executors, ...internal });
  });

  test("each SECURITY DEFINER function belongs to gatehouse_definer and pins its search path", async () => {
    const astray = await column(`
      select x.oid::regprocedure::text from pg_proc x
      where x.prosecdef and ${notOfAnExtension} and x.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
        and (x.proowner <> 'gatehouse_definer'::regrole or not coalesce(x.proconfig @> array['search_path=pg_catalog, pg_temp'], false))`);
    expect(astray).toEqual([]);
    expect(
      await column("select count(*)::int from pg_proc where prosecdef and proowner = 'gatehouse_definer'::regrole"),
    ).not.toEqual([0]);
  });
});

describe("roles", () => {
  test("none is a superuser, bypasses row security, or inherits", async () => {
    const strong = await column(`select rolname from pg_roles
      where rolname like 'gatehouse\\_%' and (rolsuper or rolbypassrls or rolreplication
        or (rolinherit and rolname <> 'gatehouse_owner')) and rolname <> 'gatehouse_superuser'`);
    expect(strong).toEqual([]);
  });

  test("nobody can become gatehouse_definer at run time, and the login can become the two scopes alone", async () => {
    const reachable = await column(`select rolname from pg_roles
      where rolname <> 'gatehouse_app' and pg_has_role('gatehouse_app', oid, 'member') order by 1`);
    expect(reachable).toEqual(["gatehouse_platform", "gatehouse_tenant"]);
    const inherited = await column(`select rolname from pg_roles
      where rolname <> 'gatehouse_app' and pg_has_role('gatehouse_app', oid, 'usage')`);
    expect(inherited).toEqual([]);
    const modern = (await column<number>("select current_setting('server_version_num')::int"))[0] ?? 0;
    const usable = modern >= 160_000 ? "m.set_option or m.inherit_option" : "true";
    expect(
      await column(
        `select member::regrole::text from pg_auth_members m where roleid = 'gatehouse_definer'::regrole and (${usable})`,
      ),
    ).toEqual([]);
  });

  test("only the login, the queue's login and the migrating owner may log in", async () => {
    const logins = await column(`select rolname from pg_roles
      where rolname like 'gatehouse\\_%' and rolcanlogin and rolname <> 'gatehouse_superuser' order by 1`);
    expect(logins).toEqual(["gatehouse_app", "gatehouse_owner", "gatehouse_worker"]);
  });

  test("the owner of the tables is bound by row-level security like everybody else", async () => {
    const owner = await connectTo(database.migrateUrl);
    try {
      await admin.query(`insert into tenant (id, slug, name) values (gen_random_uuid(), 'bound', 'Bound')`);
      expect((await owner.query("select from tenant")).rowCount).toBe(0);
    } finally {
      await owner.end();
    }
  });
});
