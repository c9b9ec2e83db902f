import { parseArgs } from "node:util";
import autocannon from "autocannon";
import { startGatehouseServer } from "@/tests/support/gatehouse-server";
import { startTestStores } from "@/tests/support/test-stores";
import { median, print, shuffle } from "./support/figures";
import { makeCookies } from "./support/session-check-cookies";

// What being signed in costs a route of Next: the same server, the same client, with and without a session to check.
const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "3" },
    connections: { type: "string", default: "16" },
    // Each may ask so often in a minute; together they must never be refused for it.
    sessions: { type: "string", default: "1000" },
  },
});

/** A route of Next that looks at nothing, and one that needs to know who asks and then answers that they may not. */
const bare = { path: "/api/v1/nothing-is-here", status: 404 };
const signedIn = { path: "/api/v1/permissions", status: 403 };
/** Signed in, with one query of the caller's own. */
const answering = { path: "/api/v1/account/tenants", status: 200 };

const { stores, stop } = await startTestStores();
try {
  const server = await startGatehouseServer(stores);
  try {
    const { url, dataDir, databaseUrl } = server.address;
    const cookies = await makeCookies({
      ...{ dataDir, databaseUrl, sessions: Number(flags.sessions) },
      ...{ revokedShare: 0, junkShare: 0 },
    });
    const headers = cookies.map(({ cookie }) => ({ cookie }));
    const arms = {
      bare: () => load(url, bare, headers),
      signedIn: () => load(url, signedIn, headers),
      answering: () => load(url, answering, headers),
    };
    for (const arm of Object.values(arms)) await arm();
    const rounds: Record<keyof typeof arms, number>[] = [];
    for (let round = 0; round < Number(flags.rounds); round += 1) {
      const measured = { bare: 0, signedIn: 0, answering: 0 };
      for (const name of shuffle(["bare", "signedIn", "answering"] as const)) measured[name] = await arms[name]();
      rounds.push(measured);
    }
    printRatio("next-route.signed-in-to-bare", { of: "signedIn", wanted: ">= 0.80" });
    printRatio("next-route.answering-to-bare", { of: "answering" });

    function printRatio(figure: string, { of, wanted }: { of: "signedIn" | "answering"; wanted?: string }): void {
      const perSecond = Math.round(median(rounds.map((round) => round[of])).median);
      print({ figure, ...median(rounds.map((round) => round[of] / round.bare)), wanted, requestsPerSecond: perSecond });
    }
  } finally {
    await server.stop();
  }
} finally {
  await stop();
}

/** Answers a second. Throws when any is another than it should be. */
async function load(
  url: string,
  { path, status }: { path: string; status: number },
  headers: readonly { cookie: string }[],
): Promise<number> {
  let wrong = 0;
  const result = await autocannon({
    url,
    connections: Number(flags.connections),
    duration: Number(flags.seconds),
    requests: headers.map((own) => ({
      path,
      headers: own,
      onResponse: (answered: number) => {
        if (answered !== status) wrong += 1;
      },
    })),
  });
  if (wrong > 0 || result.errors > 0) throw new Error(`${path}: ${wrong} wrong answers, ${result.errors} errors.`);
  return result.requests.total / result.duration;
}
