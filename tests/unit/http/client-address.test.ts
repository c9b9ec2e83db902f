import { describe, expect, it } from "vitest";
import { clientAddressResolver, normalizeAddress } from "@/lib/http/client-address";

describe("the client's address", () => {
  const resolve = clientAddressResolver(["10.0.0.0/8", "fd00::/8"]);

  it.each<[string, string | undefined, string | undefined, string | null]>([
    ["a peer that is no proxy is the client, whatever it claims", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["behind one proxy it is the last entry", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["what the client put before is not believed", "10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
    ["several proxies are walked from the right", "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.9.9.9", "198.51.100.1"],
    ["an IPv6 proxy counts too", "fd12::1", "2001:DB8:0::5", "2001:db8::5"],
    ["an IPv4-mapped proxy is its IPv4 address", "::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"],
    ["without the header it is the proxy", "10.0.0.1", undefined, "10.0.0.1"],
    ["an empty header leaves the proxy", "10.0.0.1", " , ", "10.0.0.1"],
    ["a chain of proxies alone ends at the farthest", "10.0.0.1", "10.0.0.2", "10.0.0.2"],
    ["a port is dropped", "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"],
    ["a bracketed IPv6 address with a port is read", "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"],
    ["junk from the proxy is no address", "10.0.0.1", "1.1.1.1, unknown", null],
    ["no peer, no address", undefined, "1.1.1.1", null],
  ])("%s", (_name, ...[remoteAddress, forwardedFor, expected]) => {
    expect(resolve({ remoteAddress, forwardedFor })).toBe(expected);
  });

  it("is the peer's when no proxy is trusted", () => {
    expect(clientAddressResolver([])({ remoteAddress: "10.0.0.1", forwardedFor: "1.1.1.1" })).toBe("10.0.0.1");
  });

  it("is the one that the proxy appended, whatever stood in front of it: hundreds of hops, blanks or junk", () => {
    for (const filler of ["10.0.0.1", "8.8.8.8", "::1", "", " ", "unknown", "\0", "300.1.1.1"]) {
      for (const count of [1, 31, 32, 33, 999, 1_000, 1_001, 2_000]) {
        const forwardedFor = [...Array.from({ length: count }, () => filler), " 198.51.100.1"].join(",");
        expect(resolve({ remoteAddress: "10.0.0.1", forwardedFor }), `${count} × "${filler}"`).toBe("198.51.100.1");
      }
    }
  });

  it("is one and the same for every way to write it", () => {
    for (const text of ["2001:db8::1", "2001:DB8:0:0::1", "[2001:db8::1]:443", "2001:db8::0.0.0.1"]) {
      expect(resolve({ remoteAddress: "::ffff:a00:1", forwardedFor: text })).toBe("2001:db8::1");
    }
  });

  it("is found in a header of a hundred thousand entries without reading them all", () => {
    const forwardedFor = Array.from({ length: 100_000 }, () => "10.0.0.1").join(",");
    expect(resolve({ remoteAddress: "10.0.0.1", forwardedFor })).toBe("10.0.0.1");
  });
});

describe("normalizeAddress", () => {
  it("gives every spelling of an address the same text (CVE-2026-45364)", () => {
    const spellings = ["2001:db8::1", "2001:DB8::1", "2001:0db8:0:0:0:0:0:1", "2001:db8::0.0.0.1", "2001:db8::1%eth0"];
    expect(new Set(spellings.map(normalizeAddress))).toEqual(new Set(["2001:db8::1"]));
    const mapped = ["192.0.2.1", "::ffff:192.0.2.1", "::FFFF:C000:0201", "0:0:0:0:0:ffff:c000:201"];
    expect(new Set(mapped.map(normalizeAddress))).toEqual(new Set(["192.0.2.1"]));
  });

  it.each(["", "localhost", "300.1.1.1", "1.2.3", "::g", "1.2.3.4/8", "[::1", "\0"])("%j is no address", (text) => {
    expect(normalizeAddress(text)).toBeNull();
  });
});
