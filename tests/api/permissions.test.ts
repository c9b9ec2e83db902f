import { beforeAll, describe, expect, it } from "vitest";
import { type Client, createUser, signIn, signInOwner } from "./api-client";
import { expectProblem, withoutRequestId } from "./expect-problem";

let owner: Client;
let support: Client;
let auditor: Client;
let nobody: Client;

beforeAll(async () => {
  owner = await signInOwner();
  support = await signIn((await createUser(owner, "support")).email);
  auditor = await signIn((await createUser(owner, "auditor")).email);
  nobody = await signIn((await createUser(owner)).email);
});

describe("over HTTP", () => {
  it("a user without a role reads nothing of the platform and changes nothing", async () => {
    const user = await createUser(owner);
    for (const path of ["users", `users/${user.id}`, "sessions", "sessions/revocations", "audit-events"]) {
      expectProblem(await nobody.get(`/api/v1/${path}`), "FORBIDDEN");
    }
    expectProblem(await nobody.patch(`/api/v1/users/${user.id}`, { name: "X" }), "NOT_FOUND");
    expectProblem(await nobody.remove(`/api/v1/users/${user.id}/sessions`), "NOT_FOUND");
    expect((await nobody.get("/api/v1/session")).json).toMatchObject({ roles: [], permissions: [] });
  });

  it("a user without a role cannot tell an id that exists from one that does not", async () => {
    const user = await createUser(owner);
    const absent = "01900000-0000-7000-8000-000000000000";
    for (const call of [
      (id: string) => nobody.get(`/api/v1/users/${id}`),
      (id: string) => nobody.patch(`/api/v1/users/${id}`, { name: "X" }),
      (id: string) => nobody.post(`/api/v1/users/${id}/lock`, { reason: "r" }),
      (id: string) => nobody.remove(`/api/v1/users/${id}`),
      (id: string) => nobody.remove(`/api/v1/users/${id}/sessions`),
    ]) {
      expect(withoutRequestId(await call(user.id))).toEqual(withoutRequestId(await call(absent)));
    }
  });

  it("an auditor reads everything and changes nothing", async () => {
    const user = await createUser(owner);
    const device = await signIn(user.email);
    for (const path of ["users", `users/${user.id}`, "sessions", "audit-events"]) {
      expect((await auditor.get(`/api/v1/${path}`)).status).toBe(200);
    }
    expectProblem(await auditor.patch(`/api/v1/users/${user.id}`, { name: "X" }), "FORBIDDEN");
    expectProblem(await auditor.post(`/api/v1/users/${user.id}/lock`, { reason: "r" }), "FORBIDDEN");
    expectProblem(await auditor.remove(`/api/v1/users/${user.id}`), "FORBIDDEN");
    expectProblem(await auditor.remove(`/api/v1/users/${user.id}/sessions`), "FORBIDDEN");
    expectProblem(await auditor.post("/api/v1/sessions/revocations", { userId: user.id, reason: "r" }), "FORBIDDEN");
    expect((await device.get("/api/v1/session")).status).toBe(200);
    expect((await owner.get(`/api/v1/users/${user.id}`)).json.name).toBe("Api Person");
  });

  it("support ends sessions of those below, and neither sessions nor accounts of those above", async () => {
    const below = await createUser(owner);
    const above = await createUser(owner, "admin");
    const device = await signIn(above.email);
    expect((await support.remove(`/api/v1/users/${below.id}/sessions`)).status).toBe(200);
    expectProblem(await support.remove(`/api/v1/users/${above.id}/sessions`), "FORBIDDEN");
    expectProblem(await support.post(`/api/v1/users/${above.id}/lock`, { reason: "r" }), "FORBIDDEN");
    const { json } = await device.get("/api/v1/session");
    expectProblem(await support.remove(`/api/v1/sessions/${json.session.id}`), "FORBIDDEN");
    expect((await device.get("/api/v1/session")).status).toBe(200);
  });

  it("every refusal to change something is in the log", async () => {
    const user = await createUser(owner);
    const answer = await support.patch(`/api/v1/users/${user.id}`, { name: "X" });
    expectProblem(answer, "FORBIDDEN");
    const events = await owner.get(`/api/v1/audit-events?requestId=${answer.json.requestId}`);
    expect(
      events.json.data.map(({ action, outcome }: { action: string; outcome: string }) => [action, outcome]),
    ).toEqual([["user.update", "denied"]]);
  });

  it("nobody raises themselves: neither by a role of a new user nor by a field of their own", async () => {
    const admin = await signIn((await createUser(owner, "admin")).email);
    const { json } = await admin.get("/api/v1/session");
    const ownerRole = "00000000-0000-7000-8000-000000000101";
    const wish = {
      email: "raised@example.com",
      name: "R",
      password: "quiet heron over grey water",
      roles: [ownerRole],
    };
    expectProblem(await admin.post("/api/v1/users", wish), "FORBIDDEN");
    expectProblem(
      await admin.patch(`/api/v1/users/${json.user.id}`, { name: "A", roles: [ownerRole] }),
      "INVALID_INPUT",
      "roles",
    );
    expect((await admin.get("/api/v1/session")).json.roles).toEqual(["admin"]);
  });
});

describe("the description of the API", () => {
  it("is served to whoever asks, and is OpenAPI 3.1", async () => {
    const answer = await nobody.get("/api/v1/openapi.json");
    expect(answer.json).toMatchObject({ openapi: "3.1.0", paths: { "/users": { get: { operationId: "listUsers" } } } });
  });
});
