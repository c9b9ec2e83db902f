import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { type OwnStores, startOwnStores } from "@/tests/support/own-stores";
import { createHttpClient } from "./clients/http-client";
import { type InstanceStores, type Instances, startInstances } from "./clients/instances";
import type { Driving } from "./clients/uses";
import { createWorld } from "./clients/world";
import { createRecorder } from "./model/recorder";

/** Instances of the real server on stores of their own, a world of people, and the clients' side of it. */
export type Bed = {
  driving: Driving;
  stores: OwnStores;
  instances: Instances;
  secret: string;
  close: () => Promise<void>;
};

type BedOptions = {
  instances: number;
  size?: { tenants: number; peopleOfEach: number };
  /** Puts something between the instances and their stores. */
  between?: (stores: OwnStores) => Promise<InstanceStores[]>;
};

/** Builds what is stale and opens it; whatever had started is given back when a later step fails. */
export async function openBed({
  instances: count,
  size = { tenants: 4, peopleOfEach: 12 },
  between,
}: BedOptions): Promise<Bed> {
  await promisify(execFile)(process.execPath, ["scripts/build.mjs"]);
  const secret = randomBytes(32).toString("hex");
  const stores = await startOwnStores();
  const closers: (() => Promise<void>)[] = [stores.remove];
  const close = async () => {
    for (const closeNext of closers.splice(0)) await closeNext();
  };
  try {
    const behind = between ? await between(stores) : Array.from({ length: count }, () => stores);
    const instances = await startInstances({ stores: behind, secret });
    closers.unshift(instances.stop);
    const client = createHttpClient(instances.portOf);
    closers.unshift(async () => client.close());
    const world = await createWorld({ stores, recorder: createRecorder(), secret, size });
    return { driving: { world, client, instances: count }, stores, instances, secret, close };
  } catch (error) {
    await close();
    throw error;
  }
}
