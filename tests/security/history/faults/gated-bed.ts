import type { OwnStores } from "@/tests/support/own-stores";
import { type Bed, openBed } from "../bed";
import { type GateProxy, startGateProxy } from "./gate-proxy";

/** The ways of one instance to its stores. */
export type Gates = { postgres: GateProxy; redis: GateProxy };

/** A bed of which every connection between an instance and a store runs through a gate. */
export type GatedBed = Bed & { gates: Gates[] };

/** Opens two instances behind gates. */
export async function openGatedBed(): Promise<GatedBed> {
  const gates: Gates[] = [];
  const between = async (stores: OwnStores) => {
    for (let instance = 0; instance < 2; instance += 1)
      gates.push({ postgres: await gateTo(stores.databaseUrl), redis: await gateTo(stores.redisUrl) });
    return gates.map(({ postgres, redis }) => ({
      databaseUrl: through(stores.databaseUrl, postgres),
      // Migrations are over; an instance that starts again in the middle of a fault must not depend on the gate.
      migrateUrl: stores.migrateUrl,
      redisUrl: through(stores.redisUrl, redis),
    }));
  };
  const bed = await openBed({ instances: 2, between });
  const close = async () => {
    await bed.close();
    for (const { postgres, redis } of gates) await Promise.all([postgres.stop(), redis.stop()]);
  };
  return { ...bed, gates, close };
}

function gateTo(url: string): Promise<GateProxy> {
  const { hostname, port } = new URL(url);
  return startGateProxy({ host: hostname, port: Number(port) });
}

function through(url: string, { port }: GateProxy): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}
