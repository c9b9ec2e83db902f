import { describe, expect, it } from "vitest";
import { commonRanges, includesAddress, rangesBeyond } from "@/lib/policies/address-ranges";

describe("ranges of addresses", () => {
  it("include what lies in one of them, of their own family only", () => {
    const ranges = ["192.0.2.0/24", "198.51.100.7", "2001:db8::/32"];
    for (const address of ["192.0.2.255", "198.51.100.7", "2001:db8:1::1"])
      expect(includesAddress(ranges, address), address).toBe(true);
    for (const address of ["192.0.3.0", "198.51.100.8", "2001:db9::1", "::"])
      expect(includesAddress(ranges, address), address).toBe(false);
    expect(includesAddress(["0.0.0.0/0"], "2001:db8::1")).toBe(false);
  });

  it("lie beyond others where a part of them is not covered", () => {
    expect(rangesBeyond(["10.0.0.0/8"], ["10.1.0.0/16", "10.0.0.0/8", "10.0.0.0/7", "11.0.0.1"])).toEqual([
      "10.0.0.0/7",
      "11.0.0.1",
    ]);
  });

  it("have in common the smaller of each two that meet", () => {
    expect(commonRanges(["10.0.0.0/8", "192.0.2.1"], ["10.1.0.0/16", "192.0.2.0/24", "172.16.0.0/12"])).toEqual([
      "192.0.2.1",
      "10.1.0.0/16",
    ]);
    expect(commonRanges(["10.0.0.0/8"], ["192.0.2.0/24"])).toEqual([]);
  });
});
