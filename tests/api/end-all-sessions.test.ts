import { beforeAll, describe, expect, it } from "vitest";
import { type Client, createUser, makeClient, password, signIn, signInOwner } from "./api-client";
import { expectProblem } from "./expect-problem";

let owner: Client;

beforeAll(async () => {
  owner = await signInOwner();
});

describe("an operator", () => {
  it("finds a user among many, ends all their sessions, and none is accepted from the answer on", async () => {
    const user = await createUser(owner);
    const devices = await Promise.all([signIn(user.email), signIn(user.email), signIn(user.email)]);
    for (const device of devices) expect((await device.get("/api/v1/session")).status).toBe(200);

    const found = await owner.get(`/api/v1/users?search=${user.email.slice(3, 20)}`);
    expect(found.json.data.map(({ id }: { id: string }) => id)).toEqual([user.id]);
    const detail = await owner.get(`/api/v1/users/${user.id}`);
    expect(detail.json.activeSessions).toEqual({ count: 3, capped: false });
    const sessions = await owner.get(`/api/v1/users/${user.id}/sessions`);
    expect(sessions.json.data).toHaveLength(3);

    const receipt = await owner.remove(`/api/v1/users/${user.id}/sessions?reason=stolen%20laptop`);
    for (const device of devices) {
      expectProblem(await device.get("/api/v1/session"), "UNAUTHENTICATED");
      expectProblem(await device.get("/api/v1/users"), "UNAUTHENTICATED");
      expect((await device.get("/api/auth/get-session")).json).toBeNull();
    }
    expect(receipt.status).toBe(200);
    expect(receipt.json).toMatchObject({
      status: "complete",
      reason: "stolen laptop",
      matched: 3,
      ended: 3,
      users: 1,
      stores: { postgres: { status: "committed" }, redis: { status: "fenced" } },
      worstCaseSeconds: 0,
      verified: { checked: 3, stillAccepted: 0 },
    });
    const again = await owner.get(`/api/v1/sessions/revocations/${receipt.json.id}`);
    expect(again.json).toEqual(receipt.json);

    const ended = await owner.get(`/api/v1/users/${user.id}/sessions?status=ended`);
    expect(ended.json.data.map(({ endReason }: { endReason: string }) => endReason)).toEqual([
      "revoked",
      "revoked",
      "revoked",
    ]);
    const events = await owner.get(`/api/v1/audit-events?target=${user.id}&action=session.revoke`);
    expect(events.json.data).toHaveLength(1);
    expect(events.json.data[0]).toMatchObject({ outcome: "success", reason: "stolen laptop", source: "api" });

    expect((await (await signIn(user.email)).get("/api/v1/session")).status).toBe(200);
  });

  it("locks a user, who is out at once and cannot come back until unlocked", async () => {
    const user = await createUser(owner);
    const device = await signIn(user.email);
    const locked = await owner.post(`/api/v1/users/${user.id}/lock`, { reason: "compromised" });
    expect(locked.json).toMatchObject({ status: "locked", lockedReason: "compromised", activeSessions: { count: 0 } });
    expectProblem(await device.get("/api/v1/session"), "UNAUTHENTICATED");
    const refused = await makeClient().post("/api/auth/sign-in/email", { email: user.email, password });
    expect([refused.status >= 400, refused.status < 500, refused.headers["set-cookie"]]).toEqual([
      true,
      true,
      undefined,
    ]);
    expect((await owner.post(`/api/v1/users/${user.id}/unlock`, {})).json.status).toBe("active");
    expectProblem(await device.get("/api/v1/session"), "UNAUTHENTICATED");
    expect((await (await signIn(user.email)).get("/api/v1/session")).status).toBe(200);
  });

  it("deletes a user with 204, whose sessions are over and whose history stays", async () => {
    const user = await createUser(owner);
    const device = await signIn(user.email);
    const gone = await owner.remove(`/api/v1/users/${user.id}?reason=left`);
    expect([gone.status, gone.text]).toEqual([204, ""]);
    expectProblem(await device.get("/api/v1/session"), "UNAUTHENTICATED");
    expectProblem(await owner.get(`/api/v1/users/${user.id}`), "NOT_FOUND");
    const ended = await owner.get(`/api/v1/sessions?userId=${user.id}&status=ended`);
    expect(ended.json.data.map(({ endReason }: { endReason: string }) => endReason)).toEqual(["deletion"]);
  });
});

describe("an answer", () => {
  it("never carries a token, and is never kept by anybody", async () => {
    const user = await createUser(owner);
    const device = await signIn(user.email);
    const token = decodeURIComponent(device.cookie?.split("=")[1] ?? "").split(".")[0] ?? "none";
    const paths = [
      "session",
      "sessions",
      `users/${user.id}`,
      `users/${user.id}/sessions`,
      `audit-events?target=${user.id}`,
      "users?limit=5",
    ];
    for (const path of paths) {
      const answer = await owner.get(`/api/v1/${path}`);
      expect([path, answer.status, answer.headers["cache-control"]]).toEqual([path, 200, "private, no-store"]);
      expect(answer.headers["x-request-id"]).toMatch(/^[\w-]{12,64}$/);
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      expect(answer.text).not.toContain(token);
      expect(answer.text).not.toMatch(/"(?:token|tokenHash|token_hash|password)":/);
    }
  });

  it("does not take its request id from outside", async () => {
    const answer = await owner.call("/api/v1/users?limit=1", { headers: { "X-Request-Id": "forged" } });
    expect(answer.headers["x-request-id"]).not.toBe("forged");
  });
});
