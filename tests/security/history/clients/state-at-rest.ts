import { z } from "zod";
import type { Rest } from "../checker/check-listing";
import type { FinalReceipt } from "../checker/check-receipts";
import { isUnnamed, type UseOutcome } from "../model/history";
import type { Answer } from "./http-client";
import { check, type Driving } from "./uses";
import type { Held } from "./world";

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() });

async function readAll<Item extends z.ZodType>(
  { world, client }: Driving,
  path: string,
  item: Item,
): Promise<z.output<Item>[]> {
  const found: z.output<Item>[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await askPatiently(() =>
      client.call(0, { path: `${path}limit=100${query}`, cookie: world.operatorCookie() }),
    );
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    const read = page(item).parse(JSON.parse(answer.text));
    found.push(...read.data);
    cursor = read.nextCursor;
  } while (cursor !== null);
  return found;
}

const asksMax = 20;

// What has just been mended, on a machine that is busy, may still ask to come back later.
async function askPatiently(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (![0, 503].includes(answer.status) || attempt === asksMax) return answer;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const receiptShape = z.object({
  id: z.string(),
  status: z.enum(["complete", "pending"]),
  matched: z.number().nullable(),
  ended: z.number().nullable(),
  worstCaseSeconds: z.number(),
  stores: z.object({ redis: z.object({ status: z.enum(["fenced", "pending"]) }) }),
  verified: z.object({ checked: z.number(), stillAccepted: z.number() }),
});

/** Milliseconds within which every receipt must have finished by itself. */
const receiptPatience = 90_000;

/** Every receipt, once all have finished by themselves: a job takes up what an answer had to leave. */
export async function finishedReceipts(driving: Driving): Promise<FinalReceipt[]> {
  const deadline = Date.now() + receiptPatience;
  await driving.world.renewOperators();
  for (;;) {
    const [{ count } = { count: 0 }] = await driving.world.stores.asSuperuser<{ count: number }>(
      "select count(*)::int as count from revocation_receipt where completed_at is null",
    );
    if (count === 0 || Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return readAll(driving, "/api/v1/sessions/revocations?", receiptShape);
}

/** Sessions that are tried side by side. */
const triedAtOnce = 8;

/** Everything alive, and the last that ended: whatever ended before has been asked about often enough. */
export async function lookAround(driving: Driving): Promise<Rest[]> {
  const listed = new Set(
    (await readAll(driving, "/api/v1/sessions?", z.object({ id: z.string() }))).map(({ id }) => id),
  );
  const { live, ended } = driving.world;
  const known = [...live.values(), ...ended.filter(({ credential }) => !listed.has(credential.sessionId))];
  const rest: Rest[] = [];
  const next = known.values();
  const tryNext = async () => {
    for (const held of next) rest.push(await tryEverywhere(driving, held, listed));
  };
  await Promise.all(Array.from({ length: triedAtOnce }, tryNext));
  return rest.filter((one) => !isUnnamed(one));
}

async function tryEverywhere(driving: Driving, held: Held, listed: ReadonlySet<string>): Promise<Rest> {
  const { sessionId } = held.credential;
  const instances = Array.from({ length: driving.instances }, (_, instance) => instance);
  const outcomes = await Promise.all(instances.map((instance) => checkPatiently(driving, held, instance)));
  return {
    sessionId,
    isListed: listed.has(sessionId),
    acceptedAt: instances.filter((index) => outcomes[index] === "accepted"),
  };
}

async function checkPatiently(driving: Driving, held: Held, instance: number): Promise<UseOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await check(driving, held, instance);
    if (outcome === "accepted" || outcome === "refused" || attempt === asksMax) return outcome;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
