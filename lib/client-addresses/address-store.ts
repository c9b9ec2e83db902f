import type { RedisClient } from "@/lib/redis/redis-client";
import {
  addressAccountsKey,
  addressBlocksKey,
  addressClientsKey,
  addressLastKey,
  addressMinuteKey,
} from "@/lib/redis/redis-keys";
import { type AccountNews, accountWindowAt, accountWindowHours, accountWindows } from "./account-spread";
import type { AddressTally, DrainedTallies } from "./address-tallies";
import { type AddressObservation, type ClientAddressObservations, kindsSeen } from "./observations";
import { readLastObservations } from "./read-last-observations";

/** Minutes that are judged together. */
export const judgedMinutes = 10;

const minuteMilliseconds = 60_000;
const lastSeconds = 7 * 86_400;
/** Addresses that one instance hands on at a time: those that want looking at, then the busiest. */
const addressesMax = 32;
/** Members of one command. */
const batchSize = 1_000;

/** What an instance has seen since it last said so. */
export type AddressNews = { drained: DrainedTallies; accounts: AccountNews };

/** Adds what an instance has seen to what all have seen. Throws when Redis does not take it. */
export async function pushObservations(
  redis: RedisClient,
  { drained, accounts }: AddressNews,
  now: number,
): Promise<void> {
  const pipeline = redis.pipeline();
  if (drained.requests > 0) addTallies(pipeline, drained, now);
  const { window } = accounts;
  const addAccounts = (block: string, members: string[]) => {
    for (let start = 0; start < members.length; start += batchSize) {
      pipeline.pfadd(addressAccountsKey(window, block), ...members.slice(start, start + batchSize));
    }
    if (members.length > 0) pipeline.expire(addressAccountsKey(window, block), accountSeconds);
  };
  addAccounts("", accounts.accounts);
  for (const { block, accounts: members } of accounts.blocks) {
    addAccounts(block, members);
    pipeline.sadd(addressBlocksKey(window), block);
    pipeline.expire(addressBlocksKey(window), accountSeconds);
  }
  if (pipeline.length > 0) await execute(pipeline);
}

const accountSeconds = (accountWindows + 1) * accountWindowHours * 3_600;

function addTallies(
  pipeline: ReturnType<RedisClient["pipeline"]>,
  { requests, tallies }: DrainedTallies,
  now: number,
): void {
  const minute = Math.floor(now / minuteMilliseconds);
  const key = addressMinuteKey(minute);
  pipeline.hincrby(key, "requests", requests);
  for (const tally of [...tallies].sort(byInterest).slice(0, addressesMax)) {
    for (const kind of kindsSeen) if (tally[kind] > 0) pipeline.hincrby(key, `${tally.address}|${kind}`, tally[kind]);
    if (tally.chain.length > 0) pipeline.hset(key, `${tally.address}|chain`, tally.chain.join(" "));
    if (tally.clients.size === 0) continue;
    const clientsKey = addressClientsKey(Math.floor(minute / judgedMinutes), tally.address);
    pipeline.pfadd(clientsKey, ...tally.clients);
    pipeline.expire(clientsKey, 3 * judgedMinutes * 60);
  }
  pipeline.expire(key, (judgedMinutes + 5) * 60);
}

function byInterest(a: AddressTally, b: AddressTally): number {
  const weight = ({ claimed, silent, broken, believed }: AddressTally) => claimed + silent + broken + believed;
  return weight(b) - weight(a) || b.plain - a.plain;
}

/** What all instances saw in the last ten minutes, and of accounts in the last day. Throws when Redis does not answer. */
export async function readObservations(redis: RedisClient, now: number): Promise<ClientAddressObservations> {
  const minute = Math.floor(now / minuteMilliseconds);
  const pipeline = redis.pipeline();
  // One ahead: another instance's clock may be.
  for (let back = -1; back < judgedMinutes; back += 1) pipeline.hgetall(addressMinuteKey(minute - back));
  const windows = Array.from({ length: accountWindows }, (_, back) => accountWindowAt(now) - back);
  for (const window of windows) pipeline.smembers(addressBlocksKey(window));
  const answers = await execute(pipeline);
  const { requests, addresses } = sumMinutes(answers.slice(0, judgedMinutes + 1));
  const blocks = [...new Set(answers.slice(judgedMinutes + 1).flatMap((names) => (Array.isArray(names) ? names : [])))];
  const counts = redis.pipeline();
  for (const block of ["", ...blocks.map(String)]) {
    counts.pfcount(...windows.map((window) => addressAccountsKey(window, block)));
  }
  const window = Math.floor(minute / judgedMinutes);
  for (const { address } of addresses) {
    counts.pfcount(addressClientsKey(window, address), addressClientsKey(window - 1, address));
  }
  const [accounts = 0, ...rest] = (await execute(counts)).map(Number);
  return {
    requests,
    addresses: addresses.map((seen, index) => ({ ...seen, clients: rest[blocks.length + index] ?? 0 })),
    accounts,
    spread: blocks.map((block, index) => ({ block: String(block), accounts: rest[index] ?? 0 })),
  };
}

function sumMinutes(answers: unknown[]): Pick<ClientAddressObservations, "requests" | "addresses"> {
  let requests = 0;
  const addresses = new Map<string, AddressObservation>();
  for (const [field, value] of answers.flatMap((answer) => Object.entries(answer ?? {}))) {
    if (field === "requests") {
      requests += Number(value);
      continue;
    }
    const bar = field.lastIndexOf("|");
    const address = field.slice(0, bar);
    const name = field.slice(bar + 1);
    const known = addresses.get(address) ?? emptyObservation(address);
    addresses.set(address, known);
    const kind = kindsSeen.find((one) => one === name);
    if (kind) known[kind] += Number(value);
    else if (name === "chain") known.chain = String(value).split(" ");
  }
  return { requests, addresses: [...addresses.values()] };
}

function emptyObservation(address: string): AddressObservation {
  return { address, plain: 0, claimed: 0, believed: 0, silent: 0, broken: 0, clients: 0, chain: [] };
}

/** Keeps observations for whoever asks when nothing runs, for a week. */
export async function keepObservations(redis: RedisClient, observations: ClientAddressObservations, now: number) {
  const text = JSON.stringify({ at: new Date(now).toISOString(), observations });
  await redis.set(addressLastKey, text, "EX", lastSeconds);
}

/** The observations that were kept, and from when they are; null where there are none. */
export async function findLastObservations(redis: RedisClient) {
  return readLastObservations(await redis.get(addressLastKey));
}

async function execute(pipeline: ReturnType<RedisClient["pipeline"]>): Promise<unknown[]> {
  const answers = (await pipeline.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}
