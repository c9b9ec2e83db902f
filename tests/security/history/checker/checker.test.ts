import { describe, expect, test } from "vitest";
import type { Credential, End, Use, UseOutcome } from "../model/history";
import { createRecorder } from "../model/recorder";
import { checkAudit } from "./check-audit";
import { checkHistory } from "./check-history";
import { checkListing } from "./check-listing";
import { checkReceipts } from "./check-receipts";

const span = (invoked: number, returned: number) => ({ invoked, returned });

function aCredential(changes: Partial<Credential> = {}): Credential {
  const base = { id: "c", sessionId: "s", userIds: ["u"], homeTenantId: "home", block: "10.1.0.0/16", proof: 0 };
  return { ...base, created: span(0, 1), ...changes };
}

function anEnd(changes: Partial<End> = {}): End {
  const ending = { ...span(10, 20), ...changes };
  return {
    way: "test",
    coverage: { kind: "user", userId: "u", tenantId: null },
    except: [],
    outcome: "done",
    window: 0,
    requestId: null,
    pinned: ending.invoked,
    ...ending,
  };
}

function aUse(outcome: UseOutcome, invoked: number, returned = invoked + 1): Use {
  return { credentialId: "c", instance: 0, outcome, invoked, returned };
}

type Written = { credential?: Partial<Credential>; ends?: End[]; uses: Use[] };

function rulesBrokenBy({ credential, ends = [], uses }: Written): string[] {
  const recorder = createRecorder();
  recorder.addCredential(aCredential(credential));
  for (const end of ends) recorder.addEnd(end);
  for (const use of uses) recorder.addUse(use);
  return checkHistory(recorder).map(({ rule }) => rule);
}

describe("A", () => {
  test("what is presented after the answer to its end and accepted is a violation", () => {
    expect(rulesBrokenBy({ ends: [anEnd()], uses: [aUse("accepted", 21)] })).toEqual(["A"]);
  });
  test("what was presented before the answer may be accepted, however late that is answered", () => {
    expect(rulesBrokenBy({ ends: [anEnd()], uses: [aUse("accepted", 19, 99)] })).toEqual([]);
  });
  test("each kind of coverage is believed", () => {
    const coverages: End["coverage"][] = [
      { kind: "credentials", credentialIds: ["c"] },
      { kind: "tenant", tenantId: "home" },
      { kind: "block", block: "10.1.0.0/16" },
      { kind: "platform" },
    ];
    for (const coverage of coverages)
      expect(rulesBrokenBy({ ends: [anEnd({ coverage })], uses: [aUse("accepted", 21)] })).toEqual(["A"]);
  });
  test("a session that began while its end ran may have begun after it", () => {
    expect(
      rulesBrokenBy({ credential: { created: span(11, 15) }, ends: [anEnd()], uses: [aUse("accepted", 21)] }),
    ).toEqual([]);
  });
  test("a session that began after the set was pinned need not end", () => {
    const ends = [anEnd({ pinned: 0.5 })];
    expect(rulesBrokenBy({ ends, uses: [aUse("accepted", 21)] })).toEqual([]);
  });
  test("what an end leaves out may go on", () => {
    expect(rulesBrokenBy({ ends: [anEnd({ except: ["c"] })], uses: [aUse("accepted", 21)] })).toEqual([]);
  });
  test("an end that was never acknowledged promises nothing", () => {
    expect(rulesBrokenBy({ ends: [anEnd({ outcome: "unknown" })], uses: [aUse("accepted", 21)] })).toEqual([]);
  });
  test("an honest answer allows its window and not a moment more", () => {
    const ends = [anEnd({ window: 100 })];
    expect(rulesBrokenBy({ ends, uses: [aUse("accepted", 119)] })).toEqual([]);
    expect(rulesBrokenBy({ ends, uses: [aUse("accepted", 121)] })).toEqual(["A"]);
  });
  test("what was refused once and is accepted later has been revived", () => {
    const ends = [anEnd({ outcome: "unknown" })];
    expect(rulesBrokenBy({ ends, uses: [aUse("refused", 21), aUse("accepted", 30)] })).toEqual(["A"]);
    expect(rulesBrokenBy({ ends, uses: [aUse("refused", 21, 40), aUse("accepted", 30)] })).toEqual([]);
  });
  test("a refusal holds everywhere from the moment at which its end is effective by its own word", () => {
    const until = (ends: End[], moment: number) =>
      rulesBrokenBy({ ends, uses: [aUse("refused", 21), aUse("accepted", moment)] });
    const late = anEnd({ window: 100 });
    expect([until([late], 119), until([late], 121)]).toEqual([[], ["A"]]);
    const unanswered = anEnd({ outcome: "unknown", returned: Number.POSITIVE_INFINITY, window: 100 });
    expect([until([unanswered], 121), until([unanswered], 123)]).toEqual([[], ["A"]]);
    const other = anEnd({ window: 100, coverage: { kind: "user", userId: "another", tenantId: null } });
    expect(until([anEnd({ outcome: "unknown" }), other], 30)).toEqual(["A"]);
    expect(until([anEnd({ outcome: "unknown" }), anEnd({ window: 100, invoked: 25, returned: 30 })], 40)).toEqual([
      "A",
    ]);
  });
  test("a session is covered by the tenant that it is active in, and no longer by the one that it has left", () => {
    const judge = (entries: [tenant: string, invoked: number, isSure?: boolean][]) => {
      const recorder = createRecorder();
      recorder.addCredential(aCredential());
      for (const [tenantId, invoked, isSure = true] of entries)
        recorder.addEntry({ credentialId: "c", tenantId, isSure, invoked, returned: invoked + 1 });
      recorder.addEnd(anEnd({ coverage: { kind: "tenant", tenantId: "t" } }));
      recorder.addUse(aUse("accepted", 21));
      recorder.addUse(aUse("refused", 21));
      return checkHistory(recorder).map(({ rule }) => rule);
    };
    expect(judge([["t", 2]])).toEqual(["A"]);
    expect(judge([["t", 2, false]])).toEqual([]);
    expect(judge([["t", 9.5]])).toEqual([]);
    expect(
      judge([
        ["t", 2],
        ["other", 4],
      ]),
    ).toEqual(["B"]);
    expect(
      judge([
        ["other", 2],
        ["t", 4],
      ]),
    ).toEqual(["A"]);
    expect(
      judge([
        ["t", 2],
        ["other", 12],
      ]),
    ).toEqual([]);
  });
});

describe("B", () => {
  test("a refusal that nothing explains is a violation", () => {
    expect(rulesBrokenBy({ uses: [aUse("refused", 5)] })).toEqual(["B"]);
    expect(rulesBrokenBy({ ends: [anEnd({ outcome: "none" })], uses: [aUse("refused", 21)] })).toEqual(["B"]);
    const others = anEnd({ coverage: { kind: "user", userId: "another", tenantId: null } });
    expect(rulesBrokenBy({ ends: [others], uses: [aUse("refused", 21)] })).toEqual(["B"]);
  });
  test("a refusal before the end was even asked for is a violation", () => {
    expect(rulesBrokenBy({ ends: [anEnd()], uses: [aUse("refused", 5)] })).toEqual(["B"]);
  });
  test("a refusal while the end runs, or after one of which nobody knows what came, is none", () => {
    expect(rulesBrokenBy({ ends: [anEnd()], uses: [aUse("refused", 12)] })).toEqual([]);
    expect(rulesBrokenBy({ ends: [anEnd({ outcome: "unknown" })], uses: [aUse("refused", 99)] })).toEqual([]);
  });
  test("more than a few 503 are a violation unless something is broken", () => {
    const fine = Array.from({ length: 99 }, (_, place) => aUse("accepted", place));
    expect(rulesBrokenBy({ uses: [...fine, aUse("unavailable", 5)] })).toEqual([]);
    expect(rulesBrokenBy({ uses: [...fine, aUse("unavailable", 5), aUse("unavailable", 6)] })).toEqual(["B"]);
    const recorder = createRecorder();
    recorder.addCredential(aCredential());
    const mend = recorder.disturb("test");
    const now = performance.now();
    recorder.addUse(aUse("unavailable", now, now));
    mend();
    expect(checkHistory(recorder)).toEqual([]);
    recorder.addUse(aUse("unavailable", performance.now() + 1_000));
    expect(checkHistory(recorder).map(({ rule }) => rule)).toEqual(["B"]);
  });
});

test("C: listed is accepted, at every instance", () => {
  const rest = (isListed: boolean, acceptedAt: number[]) => ({ sessionId: "s", isListed, acceptedAt });
  expect(checkListing([rest(true, [0, 1]), rest(false, [])], 2)).toEqual([]);
  expect(checkListing([rest(true, []), rest(true, [1]), rest(false, [0]), rest(false, [0, 1])], 2)).toHaveLength(4);
});

describe("D", () => {
  const count = (outcome: "done" | "none" | "unknown", events: number, receipts: number) =>
    checkAudit([{ way: "test", requestId: "r", action: "session.revoke", outcome }], () => ({
      events: new Map([["session.revoke", events]]),
      receipts,
    })).length;
  test("an acknowledged change without its event, or with two, is a violation", () => {
    expect([count("done", 0, 1), count("done", 1, 1), count("done", 2, 1)]).toEqual([1, 0, 1]);
  });
  test("a refused change with an event or a receipt is a violation", () => {
    expect([count("none", 0, 0), count("none", 1, 0), count("none", 0, 1)]).toEqual([0, 1, 1]);
  });
  test("where nobody knows, event and receipt came together or not at all", () => {
    expect([count("unknown", 0, 0), count("unknown", 1, 1), count("unknown", 0, 1), count("unknown", 2, 1)]).toEqual([
      0, 0, 1, 1,
    ]);
  });
});

describe("E", () => {
  const judge = (proof: number, use: Use) => {
    const recorder = createRecorder();
    recorder.addCredential(aCredential({ proof, created: span(9, 30) }));
    recorder.addPasswordChange({ ...span(10, 20), userId: "u", changes: 1, outcome: "done", window: 0 });
    recorder.addUse(use);
    return checkHistory(recorder).map(({ rule }) => rule);
  };
  test("an old password leaves no session after the change, even one that came beside it", () => {
    expect(judge(0, aUse("accepted", 31))).toEqual(["E"]);
    expect(judge(0, aUse("accepted", 19))).toEqual([]);
    expect(judge(1, aUse("accepted", 31))).toEqual([]);
  });
  test("a receipt that never finishes, or contradicts itself, is a violation", () => {
    const honest = {
      ...{ id: "r", status: "complete" as const, matched: 3, ended: 3, worstCaseSeconds: 0 },
      stores: { redis: { status: "fenced" as const } },
      verified: { checked: 3, stillAccepted: 0 },
    };
    expect(checkReceipts([honest])).toEqual([]);
    const lies = [
      { ...honest, status: "pending" as const },
      { ...honest, stores: { redis: { status: "pending" as const } } },
      { ...honest, verified: { checked: 3, stillAccepted: 1 } },
      { ...honest, ended: null },
      { ...honest, ended: 4 },
    ];
    for (const lie of lies) expect(checkReceipts([lie])).toHaveLength(1);
  });
});
