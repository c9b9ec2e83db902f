import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeAddress } from "@/lib/http/client-address";
import { claimedHops } from "@/lib/http/forwarding-claims";

const said = (forwardedFor: string | undefined, forwarded?: string) => claimedHops({ forwardedFor, forwarded }, 6);

describe("what a request says of those it was forwarded for", () => {
  it("is read from the right, the nearest first, in one spelling each", () => {
    expect(said("203.0.113.7, 2001:DB8::1, ::ffff:10.0.0.5")).toEqual(["10.0.0.5", "2001:db8::1", "203.0.113.7"]);
  });

  it.each([
    ["for=192.0.2.60;proto=http;by=203.0.113.43", ["192.0.2.60"]],
    ['For="[2001:DB8:cafe::17]:4711"', ["2001:db8:cafe::17"]],
    ['for=192.0.2.43, for="[2001:db8::1]"', ["2001:db8::1", "192.0.2.43"]],
    ['proto=https; for="192.0.2.60:8080"', ["192.0.2.60"]],
    ["for=unknown, for=_hidden", [null, null]],
    ["by=203.0.113.43", [null]],
  ])("is read from Forwarded (RFC 7239): %s", (text, hops) => {
    expect(said(undefined, text)).toEqual(hops);
  });

  it("is X-Forwarded-For's where both are there", () => {
    expect(said("192.0.2.1", "for=198.51.100.1")).toEqual(["192.0.2.1"]);
  });

  it("is cut after so many hops, and never fails, whatever is sent", () => {
    expect(said(Array.from({ length: 2_000 }, () => "1.1.1.1").join(","))).toHaveLength(6);
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), fc.option(fc.string(), { nil: undefined }), (a, b) => {
        for (const hop of said(a, b)) expect(hop === null || normalizeAddress(hop) === hop).toBe(true);
      }),
    );
  });
});
