import { parseArgs } from "node:util";

// An attack to watch on the page about rate limits: guesses passwords of a victim and of others, from many addresses, at
// one or more instances on this machine that trust loopback as their proxy (TRUSTED_PROXIES=127.0.0.1,::1).
//
//   npx tsx tests/attack/guess-passwords.ts --url http://localhost:3000 --victim eve@example.com --other bob@example.com
const { values: flags } = parseArgs({
  options: {
    url: { type: "string", multiple: true, default: ["http://localhost:3000"] },
    victim: { type: "string" },
    other: { type: "string", multiple: true, default: [] },
    addresses: { type: "string", default: "20" },
    attempts: { type: "string", default: "400" },
    seconds: { type: "string", default: "60" },
    "side-by-side": { type: "string", default: "4" },
  },
});
/** No attack of ours is larger. */
const attemptsMax = 20_000;

const urls = flags.url.map((text) => new URL(text));
const accounts = [...(flags.victim ? [flags.victim, flags.victim] : []), ...flags.other];
if (accounts.length === 0) fail("Name somebody: --victim or --other.");
if (!urls.every(({ hostname }) => hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]"))
  fail("Attacks stay on this machine: --url is localhost.");

const attempts = Math.min(attemptsMax, Number(flags.attempts));
const endAt = Date.now() + Number(flags.seconds) * 1_000;
const answers = new Map<string, number>();
let made = 0;

const progress = setInterval(() => process.stdout.write(`${summary()}\n`), 1_000);
await Promise.all(Array.from({ length: Number(flags["side-by-side"]) }, guessOn));
clearInterval(progress);
process.stdout.write(`${summary()}\n`);

async function guessOn(): Promise<void> {
  while (made < attempts && Date.now() < endAt) {
    const turn = made;
    made += 1;
    const email = accounts[turn % accounts.length] ?? "";
    const url = urls[turn % urls.length] ?? new URL("http://localhost:3000");
    const answer = await guess(url, email, addressOf(turn));
    const known = `${email} ${answer}`;
    answers.set(known, (answers.get(known) ?? 0) + 1);
  }
}

/** One guess; answers its status, or that there was no answer. */
async function guess(url: URL, email: string, address: string): Promise<string> {
  const answer = await fetch(new URL("/api/auth/sign-in/email", url), {
    method: "POST",
    headers: { "content-type": "application/json", origin: url.origin, "x-forwarded-for": address },
    body: JSON.stringify({ email, password: `a guess that is wrong ${made}` }),
  }).catch(() => null);
  await answer?.arrayBuffer();
  return String(answer?.status ?? "none");
}

/** One of the attacker's addresses, out of the range that is set aside for benchmarks (RFC 2544). */
function addressOf(turn: number): string {
  const place = Math.floor(turn / accounts.length) % Number(flags.addresses);
  return `198.19.${(place >> 8) & 255}.${place & 255}`;
}

function summary(): string {
  const counts = [...answers].sort(([a], [b]) => a.localeCompare(b)).map(([known, count]) => `${known}: ${count}`);
  return `${made} of ${attempts} guesses · ${counts.join(" · ")}`;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
