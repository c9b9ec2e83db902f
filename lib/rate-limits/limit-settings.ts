import { BlockList, isIP } from "node:net";
import { runtimePart } from "@/lib/config/runtime";
import { logger } from "@/lib/observability/logger";
import { findLimitSettings, limitSettingsPool, type StoredSettings } from "./limit-settings-store";
import {
  isRuleKey,
  type RateLimitRule,
  type RuleKey,
  type RuleMode,
  ruleCatalogue,
  ruleKeys,
  ruleModes,
} from "./rule-catalogue";

/** A rule as it holds now: the catalogue's, with what somebody changed. */
export type CurrentRule = RateLimitRule & { key: RuleKey; mode: RuleMode };

/** A block that somebody set: until when, on `performance.now`. */
export type ManualBlock = { id: string; until: number };

type Exemption = { networks: BlockList | null; userId: string | null; until: number };

type Snapshot = {
  /** Null while Postgres has not been read: the catalogue holds. */
  version: string | null;
  /** When the last reading that succeeded was begun, on `performance.now`. */
  readAt: number;
  /** When the last reading was begun, whatever became of it. */
  triedAt: number;
  reading: Promise<void> | null;
  rules: Readonly<Record<RuleKey, CurrentRule>>;
  blocks: ReadonlyMap<string, ManualBlock>;
  blocksAddresses: boolean;
  exemptions: readonly Exemption[];
};

/** Milliseconds after which the copy is read again, and after which nobody decides by it without having tried to. */
const freshMilliseconds = 500;
const staleMilliseconds = 1_000;
/** Milliseconds that a decision waits for Postgres at most; then it goes by what is known. */
const patienceMilliseconds = 100;

const part = runtimePart<Snapshot>("limit-settings");

/** The rule as this process knows it; at most a second old after `refreshLimitSettings`. */
export function currentRule(key: RuleKey): CurrentRule {
  return snapshot().rules[key];
}

/** The block on a subject's hash that somebody set and that still holds. */
export function findManualBlock(hash: string): ManualBlock | null {
  const { blocks } = snapshot();
  if (blocks.size === 0) return null;
  const block = blocks.get(hash);
  return block && block.until > performance.now() ? block : null;
}

/** Whether any network address is blocked by somebody at all. */
export function areAddressesBlocked(): boolean {
  return snapshot().blocksAddresses;
}

/** Whether somebody lets this address or this user through every rule. */
export function isExempt(address: string | null, userId: string | null): boolean {
  const { exemptions } = snapshot();
  if (exemptions.length === 0) return false;
  const now = performance.now();
  return exemptions.some(
    ({ networks, userId: exempt, until }) =>
      until > now &&
      (networks === null ? exempt === userId : address !== null && networks.check(address, familyOf(address))),
  );
}

/**
 * Brings the process's copy up to date if it is older than half a second, in the background; one that is older than a
 * second is waited for, a little. Keeps what it has when Postgres does not answer. Never rejects.
 */
export function refreshLimitSettings(): Promise<void> | undefined {
  const known = snapshot();
  const now = performance.now();
  if (now - known.readAt < freshMilliseconds) return undefined;
  if (known.reading === null && now - known.triedAt >= freshMilliseconds) startReading(known, now);
  if (known.reading === null || now - known.readAt < staleMilliseconds) return undefined;
  const left = known.triedAt + patienceMilliseconds - now;
  return left > 0 ? atMost(known.reading, left) : undefined;
}

function snapshot(): Snapshot {
  const known = part.peek();
  if (known) return known;
  const fresh: Snapshot = {
    version: null,
    readAt: Number.NEGATIVE_INFINITY,
    triedAt: Number.NEGATIVE_INFINITY,
    reading: null,
    ...toParts({ rules: [], blocks: [], exemptions: [] }, 0),
  };
  part.set(fresh);
  return fresh;
}

function startReading(known: Snapshot, now: number): void {
  const pool = limitSettingsPool.peek();
  if (!pool) return;
  known.triedAt = now;
  known.reading = findLimitSettings(pool, known.version)
    .then(({ version, settings }) => {
      if (settings) Object.assign(known, toParts(settings, now));
      known.version = version;
      known.readAt = now;
    })
    .catch((error: unknown) => logger.peek()?.warn({ err: error }, "limits go by the rules last known"))
    .finally(() => {
      known.reading = null;
    });
}

function toParts({ rules, blocks, exemptions }: StoredSettings, now: number) {
  return {
    rules: toRules(rules),
    // They come by the time until which they last, and of several on one subject the longest is to hold.
    blocks: new Map(
      [...blocks].reverse().map(({ id, subject, milliseconds }) => [subject, { id, until: now + milliseconds }]),
    ),
    blocksAddresses: blocks.some(({ dimension }) => dimension === "address"),
    exemptions: exemptions.map(({ network, userId, milliseconds }) => ({
      networks: network === null ? null : toBlockList(network),
      userId,
      until: now + milliseconds,
    })),
  };
}

function toRules(stored: StoredSettings["rules"]): Snapshot["rules"] {
  const changed = new Map(stored.filter(({ rule }) => isRuleKey(rule)).map((row) => [row.rule, row]));
  const entries = ruleKeys.map((key): [RuleKey, CurrentRule] => {
    const row = changed.get(key);
    const bounds = row ? { limit: row.limit, windowSeconds: row.windowSeconds } : {};
    const mode = ruleModes.find((known) => known === row?.mode) ?? "enforce";
    return [key, { ...ruleCatalogue[key], ...bounds, key, mode }];
  });
  return asRecord(entries);
}

// The compiler does not see that every key of the list is there.
function asRecord(entries: [RuleKey, CurrentRule][]): Snapshot["rules"] {
  return Object.fromEntries(entries) as Snapshot["rules"];
}

function toBlockList(network: string): BlockList {
  const [address = "", prefix] = network.split("/");
  const list = new BlockList();
  const family = familyOf(address);
  list.addSubnet(address, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  return list;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

async function atMost(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
