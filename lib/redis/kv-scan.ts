import type { Cluster, Redis } from "ioredis";
import { isCluster, type RedisClient } from "./redis-client";

/**
 * One step of a scan over all keys. In a cluster the masters are walked one after another, in the order of their
 * addresses, and the cursor carries which one: `<cursor>@<master>`; a master that joins or leaves in between may be missed.
 */
export async function scanStep(client: RedisClient, [cursor = "0", ...words]: readonly string[]): Promise<unknown> {
  if (!isCluster(client)) return client.call("scan", cursor, ...words);
  const masters = mastersOf(client);
  const [position = "0", place = "0"] = cursor.split("@");
  const master = masters[Number(place)];
  if (!master) return ["0", []];
  const answer = await master.call("scan", position, ...words);
  const [next, keys] = Array.isArray(answer) ? answer : ["0", []];
  if (String(next) !== "0") return [`${next}@${place}`, keys];
  const following = Number(place) + 1;
  return [following < masters.length ? `0@${following}` : "0", keys];
}

function mastersOf(cluster: Cluster): Redis[] {
  const place = ({ options }: Redis) => `${options.host}:${options.port}`;
  return cluster.nodes("master").sort((one, other) => place(one).localeCompare(place(other)));
}
