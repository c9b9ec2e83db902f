/** Every name in Redis stands here. One literal hash tag per shard keeps what a check reads in one slot of a cluster. */

/** Shards by the first hexadecimal digit of a token's hash. */
export const shards: readonly string[] = [..."0123456789abcdef"];

/** The shard of a token's hash. */
export function shardOf(tokenHash: string): string {
  return tokenHash.charAt(0);
}

/** A cached session, believable only while the server still runs as `run`: its `run_id` is part of the name. */
export function entryKey(run: string, tokenHash: string): string {
  return `{gs${shardOf(tokenHash)}}:s:${run}:${tokenHash}`;
}

/** Whoever holds the nonce in here may fill the entry; lost to a flush, a restart or time. */
export function leaseKey(tokenHash: string): string {
  return `{gs${shardOf(tokenHash)}}:l:${tokenHash}`;
}

/** Present: neither believe nor fill the entry of this token. */
export function fenceKey(tokenHash: string): string {
  return `{gs${shardOf(tokenHash)}}:f:${tokenHash}`;
}

/** Present: neither believe nor fill any entry of this shard. */
export function fenceAllKey(shard: string): string {
  return `{gs${shard}}:f:all`;
}

/** One random value, the same in every shard; replaced whenever anybody's roles or state change. */
export function grantsVersionKey(shard: string): string {
  return `{gs${shard}}:v:grants`;
}

/** Sorted set of session ids by the time they were last seen, waiting to be written to Postgres. */
export function lastSeenKey(shard: string): string {
  return `{gs${shard}}:seen`;
}

/** Held by the one instance that writes last-seen times in this minute. */
export const lastSeenTurnKey = "{gs0}:seen:turn";

/** Hash of what one minute's requests said of where they come from: counts by address and kind, and a chain each. */
export function addressMinuteKey(minute: number): string {
  return `{ca}:n:${minute}`;
}

/** HyperLogLog of the addresses that an address says it forwards for, in one window. */
export function addressClientsKey(window: number, address: string): string {
  return `{ca}:f:${window}:${address}`;
}

/** HyperLogLog of the accounts that came in one window: from one block of addresses, or from all (""). */
export function addressAccountsKey(window: number, block: string): string {
  return `{ca}:a:${window}:${block}`;
}

/** Set of the blocks that many of a window's accounts came from. */
export function addressBlocksKey(window: number): string {
  return `{ca}:h:${window}`;
}

/** What was last seen of where requests come from, for whoever asks when nothing runs. */
export const addressLastKey = "{ca}:last";
