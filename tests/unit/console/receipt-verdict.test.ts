import { describe, expect, it } from "vitest";
import { verdictOf } from "@/components/receipts/receipt-verdict";
import type { Receipt } from "@/lib/sessions/receipt-schemas";

const at = "2026-11-21T08:00:00.000Z";
const now = Date.parse(at) + 5_000;

const complete: Receipt = {
  id: "receipt",
  status: "complete",
  kind: "user",
  scope: null,
  target: { id: "user", name: "ada@example.test" },
  filter: null,
  asOf: null,
  includedNew: false,
  requestedAt: at,
  effectiveAt: at,
  completedAt: at,
  reason: "Laptop stolen",
  actor: { type: "user", id: "owner", name: "owner@example.test" },
  requestId: "request",
  matched: 42,
  ended: 42,
  users: 1,
  leftOut: { sessions: 0, users: 0 },
  progress: { done: 42, total: 42 },
  stores: { postgres: { status: "committed", at }, redis: { status: "fenced", at } },
  worstCaseSeconds: 0,
  verified: { checked: 20, stillAccepted: 0 },
  sample: [],
};

const unfenced: Receipt = {
  ...complete,
  status: "pending",
  effectiveAt: "2026-11-21T08:00:30.000Z",
  completedAt: null,
  stores: { ...complete.stores, redis: { status: "pending", at: null } },
  worstCaseSeconds: 30,
};

describe("what a receipt says", () => {
  it("over, with how many sessions of how many people, once the fence stands", () => {
    expect(verdictOf(complete, now)).toEqual({
      tone: "over",
      title: "Ended. 42 sessions of 1 person. Nothing accepts them any more.",
      hint: "",
    });
  });

  it("over, and still counting, while the job moves rows that are refused already", () => {
    const verdict = verdictOf({ ...complete, status: "pending", ended: null, users: null, matched: null }, now);
    expect(verdict.tone).toBe("over");
    expect(verdict.title).toBe("Ended. All of them, at once. Nothing accepts them any more.");
    expect(verdict.hint).not.toBe("");
  });

  it("not over while a cache may still remember them, with the worst case in seconds", () => {
    const verdict = verdictOf(unfenced, now);
    expect(verdict.tone).toBe("open");
    expect(verdict.title).not.toContain("Nothing accepts");
    expect(verdict.hint).toContain("30 s");
  });

  it("over once the worst case has passed, though the confirmation is still to come", () => {
    expect(verdictOf(unfenced, Date.parse(at) + 30_000).title).toContain("Nothing accepts them any more.");
    expect(verdictOf(unfenced, Date.parse(at) + 29_999).title).not.toContain("Nothing accepts");
  });

  it("an alarm where a session of the sample was still accepted, whatever else it says", () => {
    const verdict = verdictOf({ ...complete, verified: { checked: 20, stillAccepted: 2 } }, now);
    expect(verdict.tone).toBe("alarm");
    expect(verdict.title).toContain("2 sessions");
  });

  it("nothing to end where none was alive", () => {
    expect(verdictOf({ ...complete, matched: 0, ended: 0, users: 0 }, now).tone).toBe("nothing");
  });
});
