import { inventAddress } from "./address-catalogue";
import { accountWithRole } from "./demo-arrivals";
import { recordEvent, recordFailedSignIn, userTarget } from "./demo-events";
import { isOrdinary } from "./demo-incidents";
import { addLiveSession } from "./demo-sessions";
import type { DemoData, DemoWorld } from "./demo-world";
import { inventUserAgent } from "./device-catalogue";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The everyday noise of a log: typing errors, guessed addresses, changes of name, refusals, readings. */
export function inventBackground(world: DemoWorld, data: DemoData): void {
  inventTypingErrors(world, data);
  inventGuesses(world, data);
  inventNameChanges(world, data);
  inventRefusals(world, data);
  inventReadings(world, data);
}

/** One account is in strange hands: many failures, then sessions from many countries. The one for an operator to find. */
export function inventCompromise(world: DemoWorld, data: DemoData): void {
  const { random, now } = world;
  const user = data.users.find(
    (candidate) => isOrdinary(candidate) && now - candidate.createdAt > 20 * day && !data.closed.has(candidate.id),
  );
  if (!user) return;
  const begin = now - 26 * hour;
  const from = { ipAddress: "203.0.113.66", userAgent: "curl/8.15.0" };
  for (let index = 0; index < 34; index += 1) {
    recordFailedSignIn(world, data, { at: begin + index * 41_000, email: user.email, user, from });
  }
  for (const country of ["BR", "VN", "RO", "NG", "KZ", "US", "ID", "NL", "ZA", "AR", "PH", "BG"]) {
    const createdAt = begin + random.integer(30, 600) * minute;
    const place = { country, address: inventAddress(random), userAgent: inventUserAgent(random) };
    addLiveSession(world, data, { user, createdAt, lastSeenAt: now - random.integer(1, 400) * minute, place });
  }
}

function inventTypingErrors(world: DemoWorld, data: DemoData): void {
  const { random, now } = world;
  const users = data.users.filter(({ state }) => state !== "invited");
  for (let index = 0; index < 90; index += 1) {
    const user = random.pick(users);
    const at = Math.floor(user.createdAt + (now - user.createdAt) * random.float());
    const from = { ipAddress: random.pick(user.addresses), userAgent: random.pick(user.userAgents) };
    recordFailedSignIn(world, data, { at, email: user.email, user, from });
  }
}

function inventGuesses(world: DemoWorld, data: DemoData): void {
  const { random, now } = world;
  const from = { ipAddress: "198.51.100.23", userAgent: "curl/8.15.0" };
  const begin = now - 5 * day;
  ["info", "test", "root", "webmaster", "accounting", "hr", "postmaster", "backup"].forEach((name, index) => {
    const email = `${name}@${random.pick(data.homes).domain}`;
    recordFailedSignIn(world, data, { at: begin + index * 2_300, email, user: null, from });
  });
}

function inventNameChanges(world: DemoWorld, data: DemoData): void {
  for (const user of world.random.shuffle(data.users.filter(isOrdinary)).slice(0, 18)) {
    if (!user.home) continue;
    const before = user.name.split(" ").slice(0, 1).join(" ");
    recordEvent(world, data, {
      at: Math.floor(user.createdAt + (world.now - user.createdAt) * world.random.float()),
      action: "user.update",
      actor: accountWithRole(data, "admin", user.home.slug),
      tenantId: user.home.id,
      target: userTarget(user),
      changes: { name: { before: before === user.name ? `${user.name} (intern)` : before, after: user.name } },
      details: {},
    });
  }
}

function inventRefusals(world: DemoWorld, data: DemoData): void {
  const common = { outcome: "denied", details: { code: "FORBIDDEN" } } as const;
  for (const home of data.homes) {
    for (const action of ["session.revoke", "user.lock", "user.delete"] as const) {
      const actor = accountWithRole(data, action === "user.delete" ? "moderator" : "auditor", home.slug);
      const at = world.now - world.random.integer(1, 25) * day - world.random.integer(1, 900) * minute;
      recordEvent(world, data, { ...common, at, action, actor, tenantId: home.id });
    }
  }
  const support = accountWithRole(data, "support", null);
  recordEvent(world, data, { ...common, at: world.now - 3 * day, action: "session.revoke", actor: support });
}

function inventReadings(world: DemoWorld, data: DemoData): void {
  const { random, now } = world;
  const auditor = accountWithRole(data, "auditor", null);
  for (let index = 0; index < 24; index += 1) {
    const filters = random.pick([{}, { action: "user.lock" }, { outcome: "denied" }, { action: "session.revoke" }]);
    recordEvent(world, data, {
      at: now - random.integer(60, 50_000) * minute,
      action: "audit.read",
      actor: auditor,
      details: { filters },
    });
  }
}
