import { addressBlock } from "@/lib/rate-limits/address-block";

/** Hours of one window of accounts. */
export const accountWindowHours = 4;

/** Windows that are looked at together: the last 20 to 24 hours. */
export const accountWindows = 6;

/** Accounts that one process tells apart in a window: enough for a share, and a few megabytes at most. */
const accountsMax = 20_000;

/** A block is handed on once so many accounts, and this share of the process's, have come from it. */
const blockMin = { accounts: 3, share: 0.1 };

/** The window in which a moment lies. */
export function accountWindowAt(milliseconds: number): number {
  return Math.floor(milliseconds / (accountWindowHours * 3_600_000));
}

/** What is to be handed on: accounts seen since the last time, and those of the blocks that many came from. */
export type AccountNews = { window: number; accounts: string[]; blocks: { block: string; accounts: string[] }[] };

/** Which accounts, signed in, came from which block of addresses; one process's, of one window, bounded. */
export type AccountSpread = {
  note: (address: string, userId: string) => void;
  /** What has come since the last call. */
  take: () => AccountNews;
  /** Hands everything of the window on again next time: the last attempt failed. */
  retry: () => void;
};

/** Makes an empty one. `now` is in milliseconds since the epoch. */
export function createAccountSpread(now: () => number = Date.now): AccountSpread {
  let window = accountWindowAt(now());
  let all = new Set<string>();
  let blocks = new Map<string, Set<string>>();
  let pairs = 0;
  let handed = new Map<string, number>();
  const turn = () => {
    const current = accountWindowAt(now());
    if (current === window) return;
    window = current;
    all = new Set();
    blocks = new Map();
    pairs = 0;
    handed = new Map();
  };
  return {
    note: (address, userId) => {
      if (pairs >= accountsMax) return;
      const block = addressBlock(address);
      const known = blocks.get(block);
      if (known?.has(userId)) return;
      pairs += 1;
      all.add(userId);
      if (known) known.add(userId);
      else blocks.set(block, new Set([userId]));
    },
    take: () => {
      turn();
      // A set keeps the order of its members, so what is new stands at its end.
      const news = (name: string, members: Set<string>) => {
        const from = handed.get(name) ?? 0;
        handed.set(name, members.size);
        return [...members].slice(from);
      };
      const many = Math.max(blockMin.accounts, all.size * blockMin.share);
      const heavy = [...blocks].filter(([, members]) => members.size >= many);
      return {
        window,
        accounts: news("", all),
        blocks: heavy
          .map(([block, members]) => ({ block, accounts: news(block, members) }))
          .filter(({ accounts }) => accounts.length > 0),
      };
    },
    retry: () => {
      handed = new Map();
    },
  };
}
