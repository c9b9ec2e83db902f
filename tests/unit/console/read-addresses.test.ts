import { expect, it } from "vitest";
import { readAddresses } from "@/components/invitations/read-addresses";

it.each([
  ["commas, semicolons, spaces and lines", "a@x.test, b@x.test;c@x.test\nd@x.test  e@x.test"],
  ["names beside the addresses", 'Ada B <a@x.test>, "B, the second" <b@x.test>\nc@x.test; <d@x.test> e@x.test'],
])("a pasted list is read with %s", (_what, pasted) => {
  expect(readAddresses(pasted)).toEqual({
    addresses: expect.arrayContaining(["a@x.test", "b@x.test", "c@x.test", "d@x.test", "e@x.test"]),
    malformed: [],
  });
});

it("an address that is repeated, in whatever case, counts once", () => {
  expect(readAddresses("a@x.test A@X.test a@x.test").addresses).toHaveLength(1);
});

it("what is no address is told apart, and nothing is dropped in silence", () => {
  expect(readAddresses("a@x.test, nobody, @x.test")).toEqual({
    addresses: ["a@x.test"],
    malformed: ["nobody", "@x.test"],
  });
  expect(readAddresses(" \n ")).toEqual({ addresses: [], malformed: [] });
});
