import { expect, test } from "vitest";
import { createCircuitBreaker } from "@/lib/sessions/circuit-breaker";

test("a store that failed three times in a row is asked by one caller a second, until it answers", () => {
  let now = 0;
  const breaker = createCircuitBreaker(() => now);
  for (let failure = 0; failure < 3; failure += 1) {
    expect(breaker.admits()).toBe(true);
    breaker.failed();
  }
  expect(breaker.admits()).toBe(false);
  now = 1_000;
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
  breaker.failed();
  now = 1_999;
  expect(breaker.admits()).toBe(false);
  now = 2_000;
  expect(breaker.admits()).toBe(true);
  breaker.succeeded();
  expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
});

test("failures that are not in a row do not add up", () => {
  const breaker = createCircuitBreaker();
  for (let round = 0; round < 10; round += 1) {
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
  }
  expect(breaker.admits()).toBe(true);
});
