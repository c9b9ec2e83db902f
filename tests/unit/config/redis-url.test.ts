import { expect, test } from "vitest";
import { parseRedisUrl } from "@/lib/config/redis-url";

test("one server's URL stays as it is", () => {
  const url = "rediss://user:pw@cache:6380/2";
  expect(parseRedisUrl(url)).toEqual({ kind: "single", url });
});

test("Sentinels have their usual port, the master's name, its login and its database", () => {
  expect(parseRedisUrl("redis+sentinel://me:p%40ss@one,two:26380,[::1]:26381/3?name=main&sentinelPassword=s")).toEqual({
    kind: "sentinel",
    sentinels: [
      { host: "one", port: 26_379 },
      { host: "two", port: 26_380 },
      { host: "::1", port: 26_381 },
    ],
    name: "main",
    database: 3,
    login: { username: "me", password: "p@ss" },
    sentinelPassword: "s",
  });
});

test("a cluster has its seed nodes and one login", () => {
  expect(parseRedisUrl("redis+cluster://:secret@one:7000,two:7001")).toEqual({
    kind: "cluster",
    nodes: [
      { host: "one", port: 7_000 },
      { host: "two", port: 7_001 },
    ],
    login: { username: undefined, password: "secret" },
  });
});
