import { redisClient } from "@/lib/redis/redis-client";
import { decisionScript } from "./decision-script";
import { memoryKey } from "./limit-keys";
import type { CurrentRule } from "./limit-settings";
import { type LimiterState, limiterState, noteMemory } from "./limiter-state";

/** One charge as the script sees it. */
export type AskedCharge = {
  rule: CurrentRule;
  hash: string;
  /** The counter's key. */
  counter: string;
  /** Places; 0 for one that is exempt. */
  cost: number;
  /** The block somebody set that refuses it, and for how many milliseconds yet. */
  blockedBy: { id: string; milliseconds: number } | null;
};

/** What is recorded beside the charges; empty where it is not known. */
export type RecordedFacts = {
  tenant: string;
  path: string;
  address: string;
  account: string;
  user: string;
  caller: string;
  "caller-operation": string;
  /** Hash of the account. */
  hash: string;
};

/** A decision to be made. */
export type Question = {
  charges: readonly AskedCharge[];
  /** A name that no other entry has. */
  entry: string;
  facts: RecordedFacts;
};

/** The script's answer; `index` is the charge that refuses longest, or that has least left (null: none is charged). */
export type RedisAnswer =
  | {
      allowed: true;
      remaining: number;
      index: number | null;
      /** Charges over their limit whose rules only watch: a bit for each of the first five. */
      observed: number;
    }
  | { allowed: false; waitMilliseconds: number; index: number; first: boolean };

type Waiting = { question: Question; resolve: (answer: RedisAnswer) => void; reject: (error: unknown) => void };

/** Decisions of one run of the script: so many that a busy turn is one command, and few enough to hold nobody up. */
const questionsMax = 32;
/** Milliseconds after which the busiest are carried to Redis even if nothing else is asked. */
const carryMilliseconds = 550;

/**
 * Makes a function that asks Redis. What is asked within one turn of the event loop is decided in one run, each question
 * for itself: a command, its frame, its timer and its system call are then paid once for all requests that arrived
 * together. Rejects when Redis does not answer.
 */
export function redisAsker({ recording }: { recording: boolean }): (question: Question) => Promise<RedisAnswer> {
  let turn: Waiting[] = [];
  return (question) =>
    new Promise((resolve, reject) => {
      if (turn.length === 0 || turn.length >= questionsMax) {
        const opened: Waiting[] = [];
        turn = opened;
        setImmediate(() => {
          if (turn === opened) turn = [];
          void answerAll(opened, recording);
        });
      }
      turn.push({ question, resolve, reject });
      if (recording) noteTop(question);
    });
}

// Outcomes do not matter to who is busy. What no later decision carries to Redis, a timer does.
function noteTop({ charges, facts }: Question): void {
  const state = limiterState();
  state.tops.note(
    charges.map(({ rule }) => rule.key),
    facts,
  );
  state.topsTimer ??= setTimeout(() => {
    state.topsTimer = null;
    if (state.tops.isWaiting() && state.breaker.admits()) void answerAll([], true).then(() => carryOn(state));
  }, carryMilliseconds).unref();
}

function carryOn(state: LimiterState): void {
  if (state.tops.isWaiting() && state.topsTimer === null)
    state.topsTimer = setTimeout(() => {
      state.topsTimer = null;
      if (state.breaker.admits()) void answerAll([], true).then(() => carryOn(state));
    }, 10).unref();
}

async function answerAll(waiting: readonly Waiting[], recording: boolean): Promise<void> {
  try {
    const { keys, values } = toArguments(waiting, recording);
    const answers = await decisionScript.run(redisClient.get(), keys, values);
    if (!Array.isArray(answers) || answers.length !== waiting.length + 1) throw new Error("The script gave no answer.");
    noteMemory(String(answers[0]));
    for (let index = 0; index < waiting.length; index += 1)
      waiting[index]?.resolve(toAnswer(Number(answers[index + 1])));
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  }
}

function toArguments(waiting: readonly Waiting[], recording: boolean) {
  const state = limiterState();
  const keys = [memoryKey];
  const preface = createPreface();
  const texts: (string | number)[] = [];
  let details = "";
  for (const { question } of waiting) {
    const { charges, entry, facts } = question;
    for (const { counter } of charges) keys.push(counter);
    texts.push(toChargesText(question, preface));
    details += recording ? `${entry}\x01${toFactsText(facts)}\0` : `${entry}\x01\0`;
  }
  const { tops, addresses } = recording ? state.tops.take() : { tops: [], addresses: [] };
  for (const { dimension, tenant, member, count } of tops) texts.push(dimension, tenant, member, count);
  for (const { rule, address } of addresses) texts.push(rule, address);
  const { rules, kinds } = preface;
  const numbers = [rules.length / 7, kinds.length / 2, waiting.length, tops.length, addresses.length];
  const head = [state.memory, `${state.instanceId}${Date.now()}`, recording ? 1 : 0, ...numbers];
  return { keys, values: [`${[...head, ...rules, ...kinds, ...texts].join("\0")}\0`, details] };
}

/** What decisions of one run have in common, said once. */
type Preface = {
  rules: (string | number)[];
  /** Of each rule its number. */
  places: Map<CurrentRule, string>;
  kinds: string[];
  /** Of each kind, by its rules and tenant, its number. */
  numbers: Map<string, string>;
};

function createPreface(): Preface {
  return { rules: [], places: new Map(), kinds: [], numbers: new Map() };
}

function toChargesText({ charges, facts }: Question, preface: Preface): string {
  if (charges.every(({ cost, blockedBy }) => cost === 1 && blockedBy === null))
    return numberOf(charges.map(({ rule }) => placeOf(rule, preface)).join(), facts.tenant, preface);
  return charges
    .map(({ rule, cost, blockedBy }) => {
      const place = placeOf(rule, preface);
      return blockedBy ? `${place}:-${blockedBy.milliseconds}:${blockedBy.id},` : `${place}:${cost},`;
    })
    .join("");
}

function numberOf(places: string, tenant: string, { kinds, numbers }: Preface): string {
  const name = `${places}:${tenant}`;
  const known = numbers.get(name);
  if (known !== undefined) return known;
  kinds.push(places, tenant);
  const number = String(kinds.length / 2);
  numbers.set(name, number);
  return number;
}

function placeOf(rule: CurrentRule, { rules, places }: Preface): string {
  const known = places.get(rule);
  if (known !== undefined) return known;
  const { key, dimension, algorithm, mode, limit, windowSeconds, recorded } = rule;
  rules.push(key, dimension, algorithm, mode, limit, windowSeconds * 1_000_000, recorded);
  const place = String(places.size + 1);
  places.set(rule, place);
  return place;
}

// In the order of the names that recording-lua.ts reads.
function toFactsText({ tenant, path, address, account, user, caller, hash, ...more }: RecordedFacts): string {
  return `${tenant}\x01${path}\x01${address}\x01${account}\x01${user}\x01${caller}\x01${more["caller-operation"]}\x01${hash}\x01`;
}

function toAnswer(number: number): RedisAnswer {
  if (number >= 0) {
    const index = number % 32;
    const observed = Math.floor(number / 32) % 32;
    return { allowed: true, remaining: Math.floor(number / 1024), index: index === 31 ? null : index, observed };
  }
  const packed = -number;
  return {
    allowed: false,
    waitMilliseconds: Math.floor(packed / 64),
    index: Math.floor((packed % 64) / 2),
    first: packed % 2 === 1,
  };
}
