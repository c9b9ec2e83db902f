import { runtimePart } from "@/lib/config/runtime";
import { logger } from "@/lib/observability/logger";
import { metrics } from "@/lib/observability/metrics";
import { redisClient } from "@/lib/redis/redis-client";
import { type AccountSpread, createAccountSpread } from "./account-spread";
import { keepObservations, pushObservations, readObservations } from "./address-store";
import { type AddressTallies, createAddressTallies, type DrainedTallies } from "./address-tallies";
import { findSharedBlocks } from "./find-shared-blocks";
import { judgeClientAddresses } from "./judge-client-addresses";
import { type ClientAddressObservations, kindsSeen } from "./observations";
import { type ClientAddressFinding, type ClientAddressHealth, findingKinds } from "./schemas";

/** What a process knows of where requests come from, together with all other instances. */
export type ClientAddressWatch = {
  /** Where the server counts. */
  tallies: AddressTallies;
  /** An account, signed in, has come from an address. */
  noteAccount: AccountSpread["note"];
  /** What is known now, at most a second old. Never fails: without Redis it is what this process knows. */
  read: () => Promise<ClientAddressHealth>;
  /** Hands on what was seen, and judges what all have seen. Never fails. */
  refresh: () => Promise<void>;
  /** Whether the greater part of all people sit behind a block of addresses, as `addressBlock` writes it. */
  isShared: (block: string) => boolean;
  start: () => void;
  stop: () => Promise<void>;
};

/** The process's watch; the server puts it in place. */
export const clientAddressWatch = runtimePart<ClientAddressWatch>("client-address-watch");

const refreshMilliseconds = 5_000;
const freshMilliseconds = 1_000;
/** Requests below which what was seen is not worth keeping for later. */
const keptRequestsMin = 5;

type Known = { health: ClientAddressHealth; observations: ClientAddressObservations; shared: ReadonlySet<string> };

/** Makes a watch. `start` sets its rhythm going. */
export function createClientAddressWatch(trustedProxies: readonly string[]): ClientAddressWatch {
  const tallies = createAddressTallies();
  const spread = createAccountSpread();
  let known = judge(nothingSeen, { trustedProxies, source: "process" });
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  const exchange = async () => {
    const redis = redisClient.get();
    const now = Date.now();
    const drained = tallies.drain();
    const accounts = spread.take();
    try {
      await pushObservations(redis, { drained, accounts }, now);
    } catch (error) {
      tallies.putBack(drained);
      spread.retry();
      known = judge(alone(known.observations, drained), { trustedProxies, source: "process" });
      throw error;
    }
    countKinds(drained);
    const observations = await readObservations(redis, now);
    known = judge(observations, { trustedProxies, source: "all" });
    if (observations.requests >= keptRequestsMin) await keepObservations(redis, observations, now);
  };
  const refresh = () => {
    underWay ??= exchange()
      .catch((error: unknown) => logger.get().warn({ err: error }, "where requests come from is known here alone"))
      .finally(() => {
        underWay = undefined;
        refreshedAt = performance.now();
        showFindings(known.health.findings);
      });
    return underWay;
  };
  return {
    tallies,
    noteAccount: spread.note,
    read: async () => {
      if (performance.now() - refreshedAt > freshMilliseconds) await refresh();
      return known.health;
    },
    refresh,
    isShared: (block) => known.shared.has(block),
    ...rhythmOf(refresh),
  };
}

function rhythmOf(refresh: () => Promise<void>): Pick<ClientAddressWatch, "start" | "stop"> {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      // At once: who shares an address is known to the other instances already.
      void refresh();
      timer = setInterval(() => void refresh(), refreshMilliseconds).unref();
    },
    stop: async () => {
      if (timer === undefined) return;
      clearInterval(timer);
      await refresh();
    },
  };
}

const nothingSeen: ClientAddressObservations = { requests: 0, addresses: [], accounts: 0, spread: [] };

type Circumstances = { trustedProxies: readonly string[]; source: ClientAddressHealth["source"] };

function judge(observations: ClientAddressObservations, { trustedProxies, source }: Circumstances): Known {
  const findings = judgeClientAddresses(observations, trustedProxies);
  return {
    observations,
    shared: findSharedBlocks(observations, findings),
    health: {
      at: new Date().toISOString(),
      requests: observations.requests,
      source,
      trustedProxies: [...trustedProxies],
      findings,
    },
  };
}

// Who came from where is what was last known of it: one process's few minutes say less than a day of all.
function alone({ accounts, spread }: ClientAddressObservations, drained: DrainedTallies): ClientAddressObservations {
  const addresses = drained.tallies.map(({ clients, chain, gone: _gone, ...tally }) => ({
    ...tally,
    clients: clients.size,
    chain: [...chain],
  }));
  return { requests: drained.requests, addresses, accounts, spread };
}

function countKinds({ tallies }: DrainedTallies): void {
  for (const kind of kindsSeen) {
    const count = tallies.reduce((sum, tally) => sum + tally[kind], 0);
    if (count > 0) metrics.get().clientAddresses.inc({ kind }, count);
  }
}

function showFindings(findings: readonly ClientAddressFinding[]): void {
  for (const kind of findingKinds) {
    metrics.get().clientAddressFindings.set({ kind }, findings.filter((finding) => finding.kind === kind).length);
  }
}
