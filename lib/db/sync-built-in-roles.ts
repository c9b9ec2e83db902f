import type { Client } from "pg";
import { builtInRoles } from "@/lib/authorization/built-in-roles";

/** Writes the built-in roles of the code into the role table, where assignments and lists refer to them. */
export async function syncBuiltInRoles(client: Client): Promise<void> {
  const rows = builtInRoles.map(({ id, scope, key, name, rank }) => ({ id, scope, key, name, rank }));
  await client.query(
    `insert into public.role (id, tenant_id, scope, key, name, rank, permissions, built_in)
     select id, null, scope, key, name, rank, '{}', true
     from jsonb_to_recordset($1::jsonb) as list (id uuid, scope text, key text, name text, rank int)
     on conflict (id) do update
       set scope = excluded.scope, key = excluded.key, name = excluded.name, rank = excluded.rank, updated_at = now()
       where (role.scope, role.key, role.name, role.rank)
         is distinct from (excluded.scope, excluded.key, excluded.name, excluded.rank)`,
    [JSON.stringify(rows)],
  );
}
