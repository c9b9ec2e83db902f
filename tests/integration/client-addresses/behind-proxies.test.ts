import type { Server } from "node:http";
import { request } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authenticateRequest } from "@/lib/auth/authenticate-request";
import { checkClientAddresses } from "@/lib/cli/doctor/check-client-addresses";
import {
  type ClientAddressWatch,
  clientAddressWatch,
  createClientAddressWatch,
} from "@/lib/client-addresses/client-address-watch";
import { getClientAddressHealth } from "@/lib/client-addresses/get-client-address-health";
import { isSharedAddress } from "@/lib/client-addresses/is-shared-address";
import { newId } from "@/lib/db/new-id";
import { metrics } from "@/lib/observability/metrics";
import { runOperation } from "@/lib/operations/run-operation";
import { getOverview } from "@/lib/overview/get-overview";
import { decide } from "@/lib/rate-limits/decide";
import { createRedisClient, redisClient } from "@/lib/redis/redis-client";
import { createHttpServer, type RequestHandler } from "@/lib/server/http-server";
import { listen } from "@/lib/server/listen";
import { drain } from "@/lib/server/shutdown";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { auditEventsOf, makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { cookieOf, makeSession } from "../sessions/session-bed";
import { addressOf, type ProxyManner, type SmallProxy, startSmallProxy } from "./small-proxy";

let runtime: TestRuntime;
const opened: (() => Promise<void>)[] = [];

beforeAll(async () => {
  runtime = await startTestRuntime();
});
beforeEach(() => redisClient.get().flushdb());
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});
afterAll(() => runtime.stop());

/** Stands where Next stands: tells which client reached it. */
const tellClient: RequestHandler = async (incoming, response, { headers }) => {
  response.writeHead(200, [...headers]);
  response.end(String(incoming.headers["x-gatehouse-client-address"] ?? "nobody"));
  return true;
};

/** Gatehouse's own server, counting as it does. */
async function openServer(trustedProxies: string[]): Promise<{ url: string; watch: ClientAddressWatch }> {
  const watch = createClientAddressWatch(trustedProxies);
  clientAddressWatch.set(watch);
  const server: Server = createHttpServer({
    gatehouseUrl: "http://localhost",
    trustedProxies,
    tallies: watch.tallies,
    handlers: [tellClient],
  });
  await listen(server, { host: "127.0.0.1", port: 0 });
  opened.push(() => drain(server));
  return { url: addressOf(server), watch };
}

async function openProxy(target: string, manner: ProxyManner, localAddress = "127.0.0.2"): Promise<SmallProxy> {
  const proxy = await startSmallProxy(target, { manner, localAddress });
  opened.push(proxy.close);
  return proxy;
}

const ask = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(`${url}/sign-in`, { headers: { connection: "close", ...headers } })).text();

/** As many clients through a proxy as wanted, each with an address of its own. */
async function askAs(url: string, clients: number): Promise<string[]> {
  const answers: string[] = [];
  for (let client = 1; client <= clients; client += 1) {
    answers.push(await ask(url, { "x-test-client": `203.0.113.${client}` }));
  }
  return answers;
}

/** A request from an address of the loopback network. */
const askFrom = (url: string, localAddress: string, headers: Record<string, string> = {}) =>
  new Promise<string>((resolve, reject) => {
    const outgoing = request(`${url}/sign-in`, { localAddress, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += String(chunk);
      });
      answer.on("end", () => resolve(text));
    });
    outgoing.on("error", reject);
    outgoing.end();
  });

const doctor = (trusted: string[]) => checkClientAddresses(runtime.database.redisUrl, trusted);

describe("behind a proxy that nobody trusts", () => {
  it("everybody has the proxy's address, and health and doctor say so with chain, share and setting", async () => {
    const { url, watch } = await openServer(["192.0.2.0/24"]);
    const proxy = await openProxy(url, "appends");
    expect(new Set(await askAs(proxy.url, 8))).toEqual(new Set(["127.0.0.2"]));
    await watch.refresh();
    const health = await runOperation(getClientAddressHealth, platformContext("auditor"), {});
    expect(health).toMatchObject({ requests: 8, source: "all", trustedProxies: ["192.0.2.0/24"] });
    expect(health.findings).toEqual([
      {
        kind: "untrusted-proxy",
        severity: "failure",
        address: "127.0.0.2",
        chain: ["127.0.0.2", "203.0.113.1"],
        requests: 8,
        share: 1,
        clients: 8,
        accounts: 0,
        setting: "TRUSTED_PROXIES=192.0.2.0/24,127.0.0.2",
      },
    ]);
    const [line, ...others] = await doctor(["192.0.2.0/24"]);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ check: "client address", status: "failure" });
    expect(line?.message).toContain("127.0.0.2 ← 203.0.113.1");
    expect(line?.message).toContain("100 % of requests");
    expect(line?.mend).toContain("TRUSTED_PROXIES=192.0.2.0/24,127.0.0.2");
  });

  it("is over once the setting is as advised, although the requests from before are still remembered", async () => {
    const { url, watch } = await openServer([]);
    const proxy = await openProxy(url, "appends");
    await askAs(proxy.url, 8);
    await watch.refresh();
    const mended = await openServer(["127.0.0.2"]);
    const trusted = await openProxy(mended.url, "appends");
    expect(await askAs(trusted.url, 3)).toEqual(["203.0.113.1", "203.0.113.2", "203.0.113.3"]);
    await mended.watch.refresh();
    expect((await mended.watch.read()).findings).toEqual([]);
    expect((await doctor(["127.0.0.2"])).map(({ status }) => status)).toEqual(["ok"]);
  });

  it("is drawn attention to in the platform's overview, and counted in the metrics", async () => {
    const { url, watch } = await openServer([]);
    const proxy = await openProxy(url, "forwarded");
    await askAs(proxy.url, 6);
    await watch.refresh();
    const { attention } = await runOperation(getOverview, platformContext("owner"), {});
    expect(attention.clientAddresses).toEqual({ count: 1, capped: false });
    const { attention: hidden } = await runOperation(getOverview, platformContext("support"), {});
    expect(hidden.clientAddresses).toBeNull();
    const text = await metrics.get().registry.metrics();
    expect(text).toContain('gatehouse_client_address_findings{kind="untrusted-proxy"} 1');
    expect(text).toMatch(/gatehouse_client_addresses_total\{kind="claimed"\} \d+/);
  });

  it("is known to every instance, whichever the requests reached", async () => {
    const first = await openServer([]);
    const proxy = await openProxy(first.url, "appends");
    await askAs(proxy.url, 4);
    const second = await openServer([]);
    const other = await openProxy(second.url, "appends");
    await askAs(other.url, 4);
    await first.watch.refresh();
    await second.watch.refresh();
    expect((await second.watch.read()).findings).toMatchObject([{ requests: 8, chain: ["127.0.0.2", "203.0.113.1"] }]);
  });
});

describe("behind a chain of proxies", () => {
  it("the client is found from the right, whatever it forged, and the forgery is nobody's finding", async () => {
    const { url, watch } = await openServer(["127.0.0.2", "127.0.0.3"]);
    const inner = await openProxy(url, "appends", "127.0.0.2");
    const outer = await openProxy(inner.url, "appends", "127.0.0.3");
    const forged = Array.from({ length: 300 }, (_, hop) => `8.8.${hop % 256}.8`).join(", ");
    for (const told of [forged, "127.0.0.1", "::1", "unknown", "10.0.0.1, 127.0.0.2", ""]) {
      // The inner proxy cannot know where the outer one's client is, so the outer one's word is passed on by address.
      const headers = { "x-forwarded-for": `${told}, 203.0.113.9`, "x-test-client": "127.0.0.3" };
      expect(await ask(outer.url, headers), told).toBe("203.0.113.9");
    }
    await watch.refresh();
    expect((await watch.read()).findings).toEqual([]);
  });

  it("of which the outer one is not trusted, that one is named", async () => {
    const { url, watch } = await openServer(["127.0.0.2"]);
    const inner = await openProxy(url, "appends", "127.0.0.2");
    for (let client = 1; client <= 6; client += 1) {
      const headers = { "x-forwarded-for": `203.0.113.${client}`, "x-test-client": "10.0.0.9" };
      expect(await ask(inner.url, headers)).toBe("10.0.0.9");
    }
    await watch.refresh();
    expect((await watch.read()).findings).toMatchObject([
      {
        kind: "untrusted-proxy",
        chain: ["127.0.0.2", "10.0.0.9", "203.0.113.1"],
        setting: "TRUSTED_PROXIES=127.0.0.2,10.0.0.9",
      },
    ]);
  });
});

describe("behind a trusted proxy that does not say whom it forwards for", () => {
  it("it is named, and no setting is advised", async () => {
    const { url, watch } = await openServer(["127.0.0.2"]);
    const proxy = await openProxy(url, "silent");
    expect(new Set(await askAs(proxy.url, 20))).toEqual(new Set(["127.0.0.2"]));
    await watch.refresh();
    expect((await watch.read()).findings).toMatchObject([{ kind: "silent-proxy", share: 1, setting: null }]);
    expect((await doctor(["127.0.0.2"])).map(({ status }) => status)).toEqual(["failure"]);
  });

  it("junk is told apart from silence", async () => {
    const { url, watch } = await openServer(["127.0.0.2"]);
    const proxy = await openProxy(url, "junk");
    expect(new Set(await askAs(proxy.url, 6))).toEqual(new Set(["nobody"]));
    await watch.refresh();
    expect((await watch.read()).findings).toMatchObject([{ kind: "broken-header", chain: ["127.0.0.2", "?"] }]);
  });
});

describe("a client who forges the header while most come directly", () => {
  it("is not believed, is told apart from a proxy, and doctor stays healthy", async () => {
    const { url, watch } = await openServer([]);
    for (let count = 0; count < 30; count += 1) await askFrom(url, "127.0.0.1");
    for (let count = 0; count < 8; count += 1) {
      expect(await askFrom(url, "127.0.0.7", { "x-forwarded-for": `8.8.8.${count}` })).toBe("127.0.0.7");
    }
    await watch.refresh();
    expect((await watch.read()).findings).toMatchObject([
      { kind: "forged-header", severity: "warning", address: "127.0.0.7", setting: null },
    ]);
    const [line] = await doctor([]);
    expect(line).toMatchObject({ status: "warning" });
    expect(`${line?.message} ${line?.mend}`).not.toContain("TRUSTED_PROXIES");
  });

  it("is not believed either where a proxy is trusted that it does not come through, nor of host and scheme", async () => {
    const { url } = await openServer(["192.0.2.1"]);
    expect(await ask(url, { "x-forwarded-for": "8.8.8.8", "x-forwarded-host": "evil.example" })).toBe("127.0.0.1");
  });
});

describe("what does not count", () => {
  it("health checks, metrics and other services' checks, whatever they bring", async () => {
    const { url, watch } = await openServer([]);
    for (const path of ["/api/health/live", "/api/health/ready?x=1", "/api/metrics", "/api/v1/session"]) {
      for (let count = 0; count < 6; count += 1) {
        await (await fetch(`${url}${path}`, { headers: { "x-forwarded-for": "8.8.8.8" } })).text();
      }
    }
    await watch.refresh();
    expect(await watch.read()).toMatchObject({ requests: 0, findings: [] });
  });

  it("programs of this machine", async () => {
    const { url, watch } = await openServer([]);
    for (let count = 0; count < 30; count += 1) await ask(url);
    await watch.refresh();
    expect(await watch.read()).toMatchObject({ requests: 30, findings: [] });
  });
});

describe("what was seen", () => {
  it("is bounded, however many addresses and hops are sent, and forgotten after a quarter of an hour", async () => {
    const { watch } = await openServer([]);
    const { tallies } = watch;
    for (let index = 0; index < 5_000; index += 1) {
      const tally = tallies.of(`10.${index % 200}.${Math.floor(index / 200)}.1`);
      tally.claimed += 1;
      tallies.countRequest();
    }
    const { tallies: kept } = tallies.drain();
    expect(kept.length).toBeLessThanOrEqual(513);
    expect(kept.reduce((sum, { claimed }) => sum + claimed, 0)).toBe(5_000);
    for (let index = 0; index < 2_000; index += 1) {
      tallies.countRequest();
      tallies.of(`198.51.${index % 100}.7`).claimed += 1;
    }
    await watch.refresh();
    const keys = await redisClient.get().keys("{ca}:*");
    for (const key of keys) expect(await redisClient.get().ttl(key), key).toBeGreaterThan(0);
    const minute = keys.find((key) => key.startsWith("{ca}:n:")) ?? "";
    expect(await redisClient.get().hlen(minute)).toBeLessThanOrEqual(100);
    expect(await redisClient.get().ttl(minute)).toBeLessThanOrEqual(900);
  });

  it("is told by doctor when nothing runs any more, with when it was seen", async () => {
    const { url, watch } = await openServer([]);
    const proxy = await openProxy(url, "appends");
    await askAs(proxy.url, 8);
    await watch.refresh();
    const minutes = await redisClient.get().keys("{ca}:n:*");
    await redisClient.get().del(...minutes);
    const [line] = await doctor([]);
    expect(line).toMatchObject({ status: "failure", message: expect.stringContaining("when last seen, at 20") });
    expect((await doctor(["127.0.0.2"]))[0]).toMatchObject({ status: "ok" });
  });

  it("is nothing before anybody came", async () => {
    expect(await doctor([])).toMatchObject([{ check: "client address", status: "ok" }]);
  });
});

describe("the limits of an address that everybody shares", () => {
  const facts = { tenantId: null, path: null, address: "127.0.0.2" };
  const failFrom = (address: string) => decide([{ rule: "sign-in-address", subject: address }], { ...facts, address });

  // Each test's own: the limiter remembers an address although Redis has forgotten it.
  let last = 10;
  const newAddress = () => {
    last += 1;
    return `127.0.0.${last}`;
  };

  /** As many accounts as wanted come through a proxy nobody trusts. */
  async function share(address: string, { accounts, elsewhere }: { accounts: number; elsewhere: number }) {
    const { url, watch } = await openServer([]);
    const proxy = await openProxy(url, "appends", address);
    await askAs(proxy.url, 8);
    for (let count = 0; count < accounts; count += 1) watch.noteAccount(address, newId());
    for (let count = 0; count < elsewhere; count += 1) watch.noteAccount(`198.51.100.${count}`, newId());
    await watch.refresh();
  }

  it("are twenty times as wide, and hold at that: a few people cannot lock out all others", async () => {
    const address = newAddress();
    await share(address, { accounts: 12, elsewhere: 8 });
    expect(isSharedAddress(address)).toBe(true);
    expect(isSharedAddress("198.51.100.1")).toBe(false);
    const decisions = [];
    for (let count = 0; count < 205; count += 1) decisions.push((await failFrom(address)).allowed);
    expect(decisions.filter(Boolean)).toHaveLength(200);
    const others = [];
    for (let count = 0; count < 12; count += 1) others.push((await failFrom("198.51.100.1")).allowed);
    expect(others.filter(Boolean)).toHaveLength(10);
  });

  it("are so for the people who sign in from there, and nobody else: what counts is a live session", async () => {
    const { watch } = await openServer([]);
    for (let count = 0; count < 12; count += 1) {
      const session = await makeSession((await makeUser()).id);
      const cookies = { get: (name: string) => (name === "cookie" ? cookieOf(session) : null) };
      const facts = { headers: cookies, source: "console" as const };
      await authenticateRequest({ ...facts, remoteAddress: "198.51.100.77" });
      const junk = { get: (name: string) => (name === "cookie" ? `${cookieOf(session)}x` : null) };
      const refused = authenticateRequest({ ...facts, headers: junk, remoteAddress: "198.51.100.78" });
      await expect(refused).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    }
    await watch.refresh();
    expect(isSharedAddress("198.51.100.77")).toBe(true);
    expect(isSharedAddress("198.51.100.78")).toBe(false);
    expect((await watch.read()).findings).toMatchObject([{ kind: "shared-address", accounts: 12, setting: null }]);
  });

  it("leave those of an account as they are", async () => {
    const address = newAddress();
    await share(address, { accounts: 12, elsewhere: 8 });
    const email = `${newId()}@example.com`;
    const decisions = [];
    for (let count = 0; count < 12; count += 1) {
      const charges = [
        { rule: "sign-in-address" as const, subject: address },
        { rule: "sign-in-account" as const, subject: email },
      ];
      decisions.push((await decide(charges, { ...facts, address })).allowed);
    }
    expect(decisions.filter(Boolean)).toHaveLength(10);
  });

  it("stay as they are for whoever floods with forged headers, alone or with a minority of accounts", async () => {
    const address = newAddress();
    await share(address, { accounts: 9, elsewhere: 0 });
    expect(isSharedAddress(address)).toBe(false);
    await redisClient.get().flushdb();
    await share(address, { accounts: 12, elsewhere: 16 });
    expect(isSharedAddress(address)).toBe(false);
  });
});

describe("who may read it", () => {
  it("is the platform's people who may read settings, and nobody in a tenant; reading leaves no event", async () => {
    await openServer([]);
    await expect(runOperation(getClientAddressHealth, platformContext("support"), {})).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const ctx = platformContext("owner");
    await runOperation(getClientAddressHealth, ctx, {});
    expect(await auditEventsOf(ctx.requestId)).toEqual([]);
    const owner = tenantContext("owner", { tenantId: newId(), tenantSlug: "somewhere" });
    await expect(runOperation(getClientAddressHealth, owner, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("without Redis this process tells what it has seen itself, and hands it on when Redis is back", async () => {
  const { url, watch } = await openServer([]);
  const proxy = await openProxy(url, "appends");
  await askAs(proxy.url, 6);
  const own = redisClient.get();
  const away = createRedisClient({ redisUrl: "redis://127.0.0.1:1", onError: () => undefined });
  opened.push(async () => away.disconnect());
  redisClient.set(away);
  await watch.refresh();
  expect(await watch.read()).toMatchObject({ source: "process", findings: [{ kind: "untrusted-proxy", requests: 6 }] });
  redisClient.set(own);
  await askAs(proxy.url, 2);
  await watch.refresh();
  expect(await watch.read()).toMatchObject({ source: "all", findings: [{ kind: "untrusted-proxy", requests: 8 }] });
});
