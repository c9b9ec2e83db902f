import type { Redis } from "ioredis";
import type { OwnStores } from "@/tests/support/own-stores";

/** Every row of every table of every schema, as Postgres writes it. */
export async function dumpPostgres({ asSuperuser }: OwnStores): Promise<string> {
  const tables = await asSuperuser<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'`);
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await asSuperuser<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(name, ...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

/** Every key of every database with what it holds. */
export async function dumpRedis({ withRedis }: OwnStores): Promise<string> {
  return withRedis(async (client) => {
    const texts: string[] = [];
    for (const key of await client.keys("*")) texts.push(key, ...(await readKey(client, key)));
    return texts.join("\n");
  });
}

async function readKey(client: Redis, key: string): Promise<string[]> {
  switch (await client.type(key)) {
    case "string":
      return [(await client.get(key)) ?? ""];
    case "hash":
      return Object.entries(await client.hgetall(key)).flat();
    case "zset":
      return client.zrange(key, "0", "-1", "WITHSCORES");
    case "set":
      return client.smembers(key);
    case "list":
      return client.lrange(key, 0, -1);
    case "stream":
      return (await client.xrange(key, "-", "+")).flat(2);
    case "none":
      return [];
    default:
      throw new Error(`Nobody knows how to read ${key}.`);
  }
}
