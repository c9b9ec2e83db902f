import { createServer } from "node:net";
import { openRedisServers, type RedisServer } from "./redis-servers";
import { until } from "./until";

const slotsMax = 16_383;
/** The bus of a node listens 10,000 above its port. */
const portMax = 55_535;

/** A cluster of three masters with a replica each, of one test file. */
export type RedisCluster = {
  redisUrl: string;
  masters: RedisServer[];
  replicas: RedisServer[];
  /** Ends every server; call it whatever became of the tests. */
  stop: () => Promise<void>;
};

/** Starts the six servers and joins them, as `redis-cli --cluster create` does, which not every system has. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const servers = openRedisServers();
  try {
    const started: RedisServer[] = [];
    for (let index = 0; index < 6; index += 1) started.push(await servers.start(await freeClusterPort(), settings));
    const [masters, replicas] = [started.slice(0, 3), started.slice(3)];
    await join(masters, replicas);
    const redisUrl = `redis+cluster://${masters.map(({ port }) => `127.0.0.1:${port}`).join(",")}`;
    return { redisUrl, masters, replicas, stop: servers.stop };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

const settings = [
  ...["--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-config-file", "nodes.conf"],
  ...["--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"],
];

async function join(masters: RedisServer[], replicas: RedisServer[]): Promise<void> {
  const share = Math.ceil((slotsMax + 1) / masters.length);
  for (const [index, { client }] of masters.entries()) {
    await client.cluster("ADDSLOTSRANGE", index * share, Math.min((index + 1) * share - 1, slotsMax));
    await client.cluster("SET-CONFIG-EPOCH", index + 1);
  }
  const all = [...masters, ...replicas];
  for (const { port } of all.slice(1)) await all[0]?.client.cluster("MEET", "127.0.0.1", port);
  await untilAll(all, async ({ client }) => /cluster_known_nodes:6\b/.test(String(await client.cluster("INFO"))));
  for (const [index, { client }] of replicas.entries()) {
    const id = String(await masters[index]?.client.cluster("MYID"));
    await client.cluster("REPLICATE", id);
  }
  await untilAll(all, async ({ client }) => /cluster_state:ok/.test(String(await client.cluster("INFO"))));
  await untilAll(replicas, async ({ client }) => /master_link_status:up/.test(await client.info("replication")));
}

async function untilAll(servers: RedisServer[], holds: (server: RedisServer) => Promise<boolean>): Promise<void> {
  for (const server of servers) await until(() => holds(server), 30_000);
}

async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * (portMax - 20_000));
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
