import { Redis } from "ioredis";
import { Client } from "pg";

/** A secret that was given to the product, under a name for failures. */
export type Canary = { name: string; secret: string };

/** Texts in which nothing may be found, each under the name of where it comes from. */
export type Haystack = { place: string; text: string };

/** Every row of every table, those of the jobs included, one text a table. */
export async function dumpTables(superuserUrl: string): Promise<Haystack[]> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const haystacks: Haystack[] = [];
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from only ${name} t`);
      haystacks.push({ place: name, text: found.rows.map(({ row }) => row).join("\n") });
    }
    return haystacks;
  } finally {
    await client.end();
  }
}

/** Every key of a Redis database, with what it holds and its own serialised form. */
export async function dumpRedis(redisUrl: string): Promise<Haystack[]> {
  const client = new Redis(redisUrl);
  try {
    const keys = await client.keys("*");
    return await Promise.all(
      keys.map(async (key) => ({ place: `redis ${key}`, text: `${key} ${await heldBy(client, key)}` })),
    );
  } finally {
    client.disconnect();
  }
}

async function heldBy(client: Redis, key: string): Promise<string> {
  const type = await client.type(key);
  if (type === "string") return (await client.get(key)) ?? "";
  if (type === "hash") return JSON.stringify(await client.hgetall(key));
  if (type === "set") return JSON.stringify(await client.smembers(key));
  if (type === "zset") return JSON.stringify(await client.zrange(key, "0", "-1"));
  if (type === "list") return JSON.stringify(await client.lrange(key, 0, -1));
  if (type === "stream") return JSON.stringify(await client.xrange(key, "-", "+"));
  const dumped = await client.dumpBuffer(key);
  return dumped?.toString("latin1") ?? "";
}

/** Where which secret lies, in whichever form one is usually written. */
export function findCanaries(canaries: Canary[], haystacks: Haystack[]): string[] {
  return canaries.flatMap(({ name, secret }) => {
    const forms = formsOf(secret);
    const places = haystacks.filter(({ text }) => forms.some((form) => text.includes(form)));
    return places.map(({ place }) => `${name} in ${place}`);
  });
}

// Base64 depends on where a text begins, so that the middle of each of its three forms is looked for.
function formsOf(secret: string): string[] {
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.from(" ".repeat(shift) + secret)
      .toString("base64")
      .slice(4, -4),
  );
  const hex = Buffer.from(secret).toString("hex");
  const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret.replaceAll(" ", "+")];
  return [...plain, hex, hex.toUpperCase(), ...shifted, ...shifted.map(toUrlSafe)];
}

const toUrlSafe = (base64: string) => base64.replaceAll("+", "-").replaceAll("/", "_");
