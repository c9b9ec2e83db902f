import { parseArgs } from "node:util";
import pg from "pg";
import { auth } from "@/lib/auth/auth";
import { hashPassword } from "@/lib/auth/password-hashing";
import { readEnv } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { createRuntime } from "@/lib/server/create-runtime";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { median, print } from "./support/figures";
import { openSessionStock, type StockedUser } from "./support/session-stock";

// What a sign-in takes of somebody who has many live sessions already, in process and with its password.
const { values: flags } = parseArgs({
  options: { rounds: { type: "string", default: "40" }, live: { type: "string", default: "10000" } },
});
const password = "a slow heron over quiet water";

const dataDir = makeTestDataDirectory();
const { stores, stop } = await startTestStores();
const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "silent" });
const runtime = await createRuntime({ ...env, databaseUrl: stores.databaseUrl, redisUrl: stores.redisUrl });
const stock = await openSessionStock(stores.superuserUrl);
const superuser = new pg.Client({ connectionString: stores.superuserUrl });
try {
  await superuser.connect();
  const [many, few] = [await addUser(), await addUser()];
  await stock.addSessions(many, Number(flags.live));
  await stock.analyze();
  const samples: { many: number[]; few: number[] } = { many: [], few: [] };
  for (let round = -5; round < Number(flags.rounds); round += 1) {
    const [ofFew, ofMany] = [await timeSignIn(few), await timeSignIn(many)];
    // The first rounds warm up.
    if (round < 0) continue;
    samples.few.push(ofFew);
    samples.many.push(ofMany);
  }
  print({
    figure: `session-creation.at-${flags.live}-live-to-none`,
    ...median(samples.many.map((value, index) => value / (samples.few[index] ?? Number.NaN))),
    wanted: "<= 1.5",
    milliseconds: { of: median(samples.many).median, to: median(samples.few).median },
  });
} finally {
  await superuser.end();
  await stock.close();
  await runtime.close();
  await stop();
  await stopAndRemove(dataDir);
}

async function addUser(): Promise<StockedUser> {
  const user = await stock.addUser();
  await superuser.query(
    "insert into account (id, user_id, provider_id, account_id, password, updated_at) values ($1, $2, 'credential', $3, $4, now())",
    [newId(), user.id, user.id, await hashPassword(password)],
  );
  return user;
}

/** Milliseconds of one sign-in; its session is taken away again, so that each finds what the first one found. */
async function timeSignIn({ id, email }: StockedUser): Promise<number> {
  const request = new Request(`${env.gatehouseUrl}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: env.gatehouseUrl },
    body: JSON.stringify({ email, password }),
  });
  const startedAt = performance.now();
  const answer = await auth.get().handle(request);
  const milliseconds = performance.now() - startedAt;
  if (answer.status !== 200) throw new Error(`The sign-in was answered by ${answer.status}.`);
  await auth.get().settle();
  await superuser.query(
    "delete from session where id = (select id from session where user_id = $1 order by created_at desc limit 1)",
    [id],
  );
  return milliseconds;
}
