import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSharedBlocks } from "@/lib/client-addresses/find-shared-blocks";
import { judgeClientAddresses } from "@/lib/client-addresses/judge-client-addresses";
import type { AddressObservation, ClientAddressObservations } from "@/lib/client-addresses/observations";
import { readAddressList } from "@/lib/config/address-list";

const seen = (address: string, counts: Partial<AddressObservation>): AddressObservation => ({
  address,
  plain: 0,
  claimed: 0,
  believed: 0,
  silent: 0,
  broken: 0,
  clients: 0,
  chain: [address],
  ...counts,
});

type Part = Partial<Omit<ClientAddressObservations, "addresses">>;

/** Observations of these addresses; the requests are theirs together unless said otherwise. */
const observe = (addresses: AddressObservation[], part: Part = {}): ClientAddressObservations => ({
  requests: addresses.reduce((sum, { plain, claimed, silent, broken, believed }) => {
    return sum + plain + claimed + silent + broken + believed;
  }, 0),
  addresses,
  accounts: 0,
  spread: [],
  ...part,
});

const kindsOf = (observations: ClientAddressObservations, trusted: string[] = []) =>
  judgeClientAddresses(observations, trusted).map(({ kind, address }) => `${kind} ${address}`);

describe("a proxy that nobody trusts", () => {
  it("is named with the chain, the share of requests and the exact setting, appended to the present one", () => {
    const proxy = seen("10.0.0.5", { claimed: 90, clients: 40, chain: ["10.0.0.5", "203.0.113.7", "198.51.100.2"] });
    const [finding] = judgeClientAddresses(observe([proxy, seen("192.0.2.1", { plain: 10 })]), ["192.168.0.0/16"]);
    expect(finding).toEqual({
      kind: "untrusted-proxy",
      severity: "failure",
      address: "10.0.0.5",
      chain: ["10.0.0.5", "203.0.113.7", "198.51.100.2"],
      requests: 90,
      share: 0.9,
      clients: 40,
      accounts: 0,
      setting: "TRUSTED_PROXIES=192.168.0.0/16,10.0.0.5",
    });
  });

  it("is never advised as more than the addresses that were seen, however close they are", () => {
    const proxies = ["10.0.0.5", "10.0.0.6", "fd00::1"].map((address) => seen(address, { claimed: 30 }));
    const settings = judgeClientAddresses(observe(proxies), []).map(({ setting }) => setting);
    expect(new Set(settings)).toEqual(new Set(["TRUSTED_PROXIES=10.0.0.5,10.0.0.6,fd00::1"]));
  });

  it("may stand behind one that is trusted", () => {
    const outer = seen("10.0.0.9", { claimed: 80, chain: ["10.0.0.5", "10.0.0.9", "203.0.113.7"] });
    const observations = observe([seen("10.0.0.5", { believed: 80 }), outer], { requests: 80 });
    expect(kindsOf(observations, ["10.0.0.5"])).toEqual(["untrusted-proxy 10.0.0.9"]);
  });

  it("with an address of the internet is one only on the word of accounts that came through it", () => {
    const proxy = seen("203.0.113.80", { claimed: 1_000, clients: 500 });
    const spread = [{ block: "203.0.113.80", accounts: 40 }];
    expect(kindsOf(observe([proxy], { accounts: 50, spread }))).toEqual(["untrusted-proxy 203.0.113.80"]);
    expect(kindsOf(observe([proxy], { accounts: 50 }))).toEqual(["forged-header 203.0.113.80"]);
  });

  it("is nothing to speak of any more once it is trusted, although its requests were seen before", () => {
    expect(kindsOf(observe([seen("10.0.0.5", { claimed: 90 })]), ["10.0.0.0/24"])).toEqual([]);
  });
});

describe("a client who says that it is a proxy", () => {
  const people = seen("192.0.2.1", { plain: 900 });

  it("is told apart while most requests come directly, and nobody is advised to trust it", () => {
    const forger = seen("198.51.100.9", { claimed: 100, clients: 100 });
    const [finding, ...others] = judgeClientAddresses(observe([people, forger]), []);
    expect(finding).toMatchObject({ kind: "forged-header", severity: "warning", share: 0.1, setting: null });
    expect(others).toEqual([]);
  });

  it("stays one however many requests and forged addresses it sends, from wherever, while people sign in elsewhere", () => {
    for (const address of ["198.51.100.9", "10.9.9.9", "127.0.0.1", "2001:db8::1"]) {
      const forger = seen(address, { claimed: 1_000_000, clients: 60_000 });
      const observations = observe([people, forger], {
        accounts: 30,
        spread: [{ block: "192.0.2.1", accounts: 28 }],
      });
      expect(kindsOf(observations)).toEqual([`forged-header ${address}`, "shared-address 192.0.2.1"]);
    }
  });

  it("is no proxy where it mostly comes without the header", () => {
    expect(kindsOf(observe([seen("127.0.0.1", { plain: 60, claimed: 40 })]))).toEqual(["forged-header 127.0.0.1"]);
    const beside = [seen("10.0.0.5", { claimed: 90 }), seen("10.0.0.77", { plain: 40, claimed: 10 })];
    const [proxy, forger] = judgeClientAddresses(observe(beside), []);
    expect(proxy).toMatchObject({ kind: "untrusted-proxy", setting: "TRUSTED_PROXIES=10.0.0.5" });
    expect(forger).toMatchObject({ kind: "forged-header", address: "10.0.0.77" });
  });

  it("is not worth a word for a few requests, nor behind a trusted proxy, which keeps it from being believed", () => {
    expect(kindsOf(observe([people, seen("198.51.100.9", { claimed: 4 })]))).toEqual([]);
    const behind = seen("198.51.100.9", { claimed: 50, chain: ["10.0.0.5", "198.51.100.9", "8.8.8.8"] });
    const observations = observe([seen("10.0.0.5", { believed: 1_000 }), behind], { requests: 1_000 });
    expect(kindsOf(observations, ["10.0.0.5"])).toEqual([]);
  });

  it("is named together with its like, five of them at most", () => {
    const forgers = Array.from({ length: 50 }, (_, index) => seen(`198.51.100.${index}`, { claimed: 10 }));
    expect(kindsOf(observe([people, ...forgers]))).toHaveLength(5);
  });
});

describe("a trusted proxy", () => {
  it("that names nobody is found, and that it is trusted already: no setting mends it", () => {
    const [finding] = judgeClientAddresses(observe([seen("10.0.0.5", { silent: 50 })]), ["10.0.0.0/8"]);
    expect(finding).toMatchObject({ kind: "silent-proxy", severity: "failure", share: 1, setting: null });
  });

  it("that names what is no address is found, with what it said", () => {
    const proxy = seen("10.0.0.5", { believed: 90, broken: 10, chain: ["10.0.0.5", "?"] });
    const [finding] = judgeClientAddresses(observe([proxy]), ["10.0.0.5"]);
    expect(finding).toMatchObject({ kind: "broken-header", chain: ["10.0.0.5", "?"], share: 0.1 });
  });

  it("that names its clients is as it should be", () => {
    expect(kindsOf(observe([seen("10.0.0.5", { believed: 500, silent: 3 })]), ["10.0.0.5"])).toEqual([]);
  });

  it("on this machine is also how its own programs ask: a few of their requests say nothing", () => {
    const few = observe([seen("127.0.0.1", { silent: 19 })]);
    const many = observe([seen("127.0.0.1", { silent: 200 })]);
    expect(kindsOf(few, ["127.0.0.1"])).toEqual([]);
    expect(kindsOf(many, ["127.0.0.1"])).toEqual(["silent-proxy 127.0.0.1"]);
  });
});

describe("what is no finding", () => {
  it("people who come directly, and programs of this machine", () => {
    expect(kindsOf(observe([seen("192.0.2.1", { plain: 500 }), seen("::1", { plain: 5_000 })]))).toEqual([]);
    const spread = [{ block: "127.0.0.1", accounts: 50 }];
    expect(kindsOf(observe([seen("127.0.0.1", { plain: 500 })], { accounts: 50, spread }))).toEqual([]);
  });

  it("nothing at all", () => {
    expect(kindsOf(observe([]))).toEqual([]);
  });
});

describe("one address that nearly everybody comes from", () => {
  it("is worth a word, without advice to trust it: a router looks the same as a balancer", () => {
    const spread = [{ block: "2001:db8:0:1::/64", accounts: 48 }];
    const [finding] = judgeClientAddresses(
      observe([seen("2001:db8:0:1::5", { plain: 70 })], { accounts: 50, spread }),
      [],
    );
    expect(finding).toMatchObject({ kind: "shared-address", severity: "warning", share: 0.96, setting: null });
  });
});

describe("a block that is judged shared, and so has wider limits", () => {
  const sharedBy = (observations: ClientAddressObservations) => [
    ...findSharedBlocks(observations, judgeClientAddresses(observations, [])),
  ];

  it("is one that more than half of all accounts, and at least ten, came from", () => {
    const spread = (accounts: number) => ({ accounts: 20, spread: [{ block: "10.0.0.5", accounts }] });
    const proxy = seen("10.0.0.5", { claimed: 500 });
    expect(sharedBy(observe([proxy], spread(11)))).toEqual(["10.0.0.5"]);
    expect(sharedBy(observe([proxy], spread(10)))).toEqual([]);
    expect(sharedBy(observe([proxy], { accounts: 9, spread: [{ block: "10.0.0.5", accounts: 9 }] }))).toEqual([]);
  });

  it("is this machine's own address only where a proxy on it forwards", () => {
    const part = { accounts: 20, spread: [{ block: "127.0.0.1", accounts: 20 }] };
    expect(sharedBy(observe([seen("127.0.0.1", { plain: 500 })], part))).toEqual([]);
    expect(sharedBy(observe([seen("127.0.0.1", { claimed: 500 })], part))).toEqual(["127.0.0.1"]);
  });

  it("is never one's own by what one sends: neither requests, nor headers, nor a minority of accounts", () => {
    const count = fc.nat({ max: 10_000_000 });
    const attack = fc.record({
      plain: count,
      claimed: count,
      broken: count,
      clients: count,
      accounts: fc.nat({ max: 50 }),
    });
    fc.assert(
      fc.property(attack, fc.constantFrom("198.51.100.9", "10.9.9.9", "2001:db8::9"), ({ accounts, ...sent }, from) => {
        const block = from.includes(":") ? "2001:db8:0:0::/64" : from;
        const observations = observe([seen(from, sent), seen("192.0.2.1", { plain: 10 })], {
          accounts: 101,
          spread: [{ block, accounts }],
        });
        expect(sharedBy(observations)).toEqual([]);
        expect(
          judgeClientAddresses(observations, []).every(({ severity }) => severity !== "failure" || accounts >= 3),
        ).toBe(true);
      }),
    );
  });
});

describe("whatever was seen", () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom("", "unknown", "10.0.0.5", "127.0.0.1", "::1", "fd00::1"),
  );
  const observation = fc
    .record({
      address,
      plain: fc.nat(),
      claimed: fc.nat(),
      believed: fc.nat(),
      silent: fc.nat(),
      broken: fc.nat(),
      clients: fc.nat(),
      chain: fc.array(fc.oneof(address, fc.constant("?")), { maxLength: 6 }),
    })
    .map((made) => seen(made.address, made));

  it("the judgement holds: shares are shares, and a setting keeps what is trusted and adds addresses that were seen", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(observation, { selector: (one) => one.address, maxLength: 8 }),
        fc.subarray(["10.0.0.0/24", "192.168.1.1", "fd00::/8"]),
        fc.nat({ max: 1_000 }),
        (addresses, trusted, accounts) => {
          for (const { share, setting, address: found, kind } of judgeClientAddresses(
            observe(addresses, { accounts }),
            trusted,
          )) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
            expect(setting !== null).toBe(kind === "untrusted-proxy");
            if (setting === null) continue;
            const listed = setting.replace("TRUSTED_PROXIES=", "").split(",");
            expect(listed.slice(0, trusted.length)).toEqual(trusted);
            const added = listed.slice(trusted.length);
            expect(added).toContain(found);
            expect(addresses.map((one) => one.address)).toEqual(expect.arrayContaining(added));
            expect(readAddressList(listed)(found)).toBe(true);
          }
        },
      ),
    );
  });
});
