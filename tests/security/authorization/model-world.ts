import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import type { TestRuntime } from "@/tests/support/test-runtime";
import { builtInTable, type ModelRole, type ModelUser, ReferenceModel } from "./reference-model";

/** Two tenants and the people of a sequence, in the model and in the database alike. */
export type World = { model: ReferenceModel; tenants: [string, string]; contexts: Map<string, RequestContext> };

type Person = { home: 0 | 1 | null; tenants: { at: 0 | 1; role: TenantKey }[]; platform?: PlatformKey };
type TenantKey = "owner" | "admin" | "moderator" | "auditor" | "member" | "guest";
type PlatformKey = "owner" | "admin" | "support" | "auditor";

const resident = (at: 0 | 1, role: TenantKey): Person => ({ home: at, tenants: [{ at, role }] });
const official = (platform: PlatformKey): Person => ({ home: null, tenants: [], platform });

// Everybody of every built-in role in one tenant, some in a second, a guest of both, somebody at home without a
// membership, and the platform's people.
const people: Person[] = [
  ...(["owner", "owner", "admin", "moderator", "auditor", "member"] as const).map((role) => resident(0, role)),
  ...(["owner", "admin", "member"] as const).map((role) => resident(1, role)),
  {
    home: 1,
    tenants: [
      { at: 1, role: "member" },
      { at: 0, role: "guest" },
    ],
  },
  { home: 0, tenants: [] },
  ...(["admin", "admin", "support", "auditor"] as const).map(official),
  { home: null, tenants: [{ at: 0, role: "admin" }], platform: "support" },
];
const owners: Person[] = [official("owner"), official("owner")];

// By places in the list above: an owner, an administrator and below; the platform's administrators and support.
const customRoles = [
  { at: 0, rank: 15, permissions: ["users.read"], holders: [1, 5] },
  { at: 0, rank: 12, permissions: ["users.read", "users.lock"], holders: [2, 3] },
  { at: 0, rank: 8, permissions: ["audit.read", "settings.update"], holders: [4] },
  { at: 0, rank: 45, permissions: ["roles.read", "roles.assign", "users.read", "audit.read"], holders: [5] },
  {
    at: null,
    rank: 30,
    permissions: ["roles.read", "roles.delete", "roles.assign", "users.read"],
    holders: [11, 13, 14],
  },
] as const;

/** Makes a world. The platform is one per database, so that only one lane at a time may have its owners. */
export async function openWorld(runtime: TestRuntime, withPlatformOwners: boolean): Promise<World> {
  const tenants: [string, string] = [newId(), newId()];
  const model = new ReferenceModel();
  for (const role of builtInTable) addBuiltIn(model, role);
  const custom = customRoles.map((role) => addCustom(model, tenants, role));
  for (const person of withPlatformOwners ? [...people, ...owners] : people) addPerson(model, tenants, person);
  // Roles of their own, held by high and low alike.
  for (const { role, holders } of custom) for (const index of holders) giveCustom(model, index, role);
  await runtime.asSuperuser(insertWorld, [tenants, JSON.stringify(toRows(model)), JSON.stringify(toRoleRows(model))]);
  return { model, tenants, contexts: new Map() };
}

/** Takes the platform's roles from everybody of a world, past the rule that its last owner stays. */
export async function closeWorld(runtime: TestRuntime, { model }: World): Promise<void> {
  const ids = model.users.map(({ id }) => `'${id}'`).join();
  await runtime.asSuperuser(`begin; set local session_replication_role = replica;
    delete from platform_role_assignment where user_id in (${ids}); commit`);
}

function addBuiltIn(model: ReferenceModel, row: (typeof builtInTable)[number]): void {
  const id = builtInRoleId(row.kind, row.key);
  const owner = row.key === "owner";
  model.roles.set(id, { ...row, id, tenantId: null, permissions: new Set(row.permissions), builtIn: true, owner });
}

function addPerson(model: ReferenceModel, tenants: [string, string], person: Person): void {
  model.users.push({
    id: newId(),
    home: person.home === null ? null : tenants[person.home],
    locked: false,
    deleted: false,
    platformRoles: new Set(person.platform ? [builtInRoleId("platform", person.platform)] : []),
    memberships: new Map(person.tenants.map(({ at, role }) => [tenants[at], new Set([builtInRoleId("tenant", role)])])),
  });
}

function addCustom(model: ReferenceModel, tenants: [string, string], row: (typeof customRoles)[number]) {
  const tenantId = row.at === null ? null : tenants[row.at];
  const facts = { id: newId(), tenantId, kind: tenantId === null ? "platform" : "tenant", rank: row.rank } as const;
  const role: ModelRole = { ...facts, permissions: new Set(row.permissions), builtIn: false, owner: false };
  model.roles.set(role.id, role);
  return { role, holders: row.holders };
}

function giveCustom(model: ReferenceModel, index: number, { id, tenantId }: ModelRole): void {
  const user = model.users[index];
  (tenantId === null ? user?.platformRoles : user?.memberships.get(tenantId))?.add(id);
}

function toRoleRows(model: ReferenceModel) {
  return [...model.roles.values()]
    .filter((role) => !role.builtIn)
    .map(({ id, tenantId, kind, rank, permissions }) => ({ id, tenantId, kind, rank, permissions: [...permissions] }));
}

function toRows(model: ReferenceModel) {
  return model.users.map(({ id, home, platformRoles, memberships }) => ({
    id,
    home,
    platform: [...platformRoles],
    memberships: [...memberships].map(([tenant, roles]) => ({ id: newId(), tenant, roles: [...roles] })),
  }));
}

const insertWorld = `
  with person as (select * from jsonb_to_recordset($2::jsonb) as p (id uuid, home uuid, platform uuid[], memberships jsonb)),
    place as (select p.id as user_id, m.* from person p cross join jsonb_to_recordset(p.memberships) as m (id uuid, tenant uuid, roles uuid[])),
    r as (insert into role (id, tenant_id, scope, key, name, rank, permissions)
      select id, "tenantId", kind, id::text, 'R', rank, permissions
      from jsonb_to_recordset($3::jsonb) as r (id uuid, "tenantId" uuid, kind text, rank int, permissions text[])),
    t as (insert into tenant (id, slug, name) select id, 't-' || id, 'T' from unnest($1::uuid[]) id),
    u as (insert into "user" (id, name, email, home_tenant_id) select id, 'P', id || '@example.com', home from person),
    a as (insert into platform_role_assignment (user_id, role_id) select id, unnest(platform) from person),
    m as (insert into membership (id, tenant_id, user_id) select id, tenant, user_id from place)
  insert into membership_role (tenant_id, membership_id, role_id) select tenant, id, unnest(roles) from place`;

type StoredUser = {
  id: string;
  home: string | null;
  locked: boolean;
  platform: string[];
  memberships: Record<string, string[]>;
};
type StoredRole = { id: string; rank: number; permissions: string[] };

/** What the database holds of a world. */
export async function readStored(runtime: TestRuntime, { model, tenants }: World) {
  const ids = model.users.map(({ id }) => id);
  const ours = [...model.roles.keys()];
  const users = await runtime.asSuperuser<StoredUser>(
    `select u.id, u.home_tenant_id as home, u.locked_at is not null as locked,
       array(select role_id::text from platform_role_assignment a where a.user_id = u.id order by 1) as platform,
       coalesce((select jsonb_object_agg(m.tenant_id, array(
         select role_id::text from membership_role r where r.membership_id = m.id order by 1))
         from membership m where m.user_id = u.id), '{}') as memberships
     from "user" u where u.id = any($1::uuid[]) order by u.id`,
    [ids],
  );
  const roles = await runtime.asSuperuser<StoredRole>(
    `select id, rank, permissions from role
     where not built_in and (id = any($1::uuid[]) or tenant_id = any($2::uuid[])) order by id`,
    [ours, tenants],
  );
  return { users, roles: roles.map((role) => ({ ...role, permissions: role.permissions.sort() })) };
}

/** What the model says it should hold. */
export function expectStored({ model }: World): Awaited<ReturnType<typeof readStored>> {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return {
    users: model.living().map(toStoredUser).sort(byId),
    roles: [...model.roles.values()]
      .filter((role) => !role.builtIn)
      .map(toStoredRole)
      .sort(byId),
  };
}

function toStoredUser({ id, home, locked, platformRoles, memberships }: ModelUser): StoredUser {
  const places = [...memberships].map(([tenant, roles]) => [tenant, [...roles].sort()]);
  return { id, home, locked, platform: [...platformRoles].sort(), memberships: Object.fromEntries(places) };
}

function toStoredRole({ id, rank, permissions }: ModelRole): StoredRole {
  return { id, rank, permissions: [...permissions].sort() };
}
