import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { type Client, createUser, signIn, signInOwner } from "./api-client";
import { expectProblem } from "./expect-problem";

let owner: Client;
let admin: Client;

beforeAll(async () => {
  owner = await signInOwner();
  admin = await signIn((await createUser(owner, "admin")).email);
});

const put = (client: Client, path: string) => client.call(path, { method: "PUT" });

async function makeRole(client: Client, wishes: object = {}): Promise<{ id: string; key: string }> {
  const role = { key: `r-${randomUUID()}`, name: "Night shift", rank: 30, permissions: ["users.read"], ...wishes };
  const answer = await client.post("/api/v1/roles", role);
  expect(answer.status, answer.text).toBe(201);
  expect(answer.json).toMatchObject(role);
  return answer.json;
}

describe("roles over HTTP", () => {
  it("are made, given, used from the next request on, taken away and gone from the next request on", async () => {
    const role = await makeRole(admin);
    const user = await createUser(owner);
    const person = await signIn(user.email);
    expectProblem(await person.get("/api/v1/users"), "FORBIDDEN");

    const path = `/api/v1/users/${user.id}/roles/${role.id}`;
    const given = await put(admin, path);
    expect([given.status, given.text]).toEqual([204, ""]);
    expect((await person.get("/api/v1/users?limit=1")).status).toBe(200);
    expect((await person.get("/api/v1/session")).json).toMatchObject({ permissions: ["users.read"] });

    const changed = await admin.patch(`/api/v1/roles/${role.id}`, { permissions: ["users.read", "sessions.read"] });
    expect(changed.json).toMatchObject({ permissions: ["users.read", "sessions.read"], holders: { count: 1 } });
    expect((await person.get("/api/v1/sessions?limit=1")).status).toBe(200);

    expect((await admin.remove(path)).status).toBe(204);
    expectProblem(await person.get("/api/v1/users"), "FORBIDDEN");
    expect((await admin.remove(`/api/v1/roles/${role.id}`)).status).toBe(204);
    expectProblem(await admin.get(`/api/v1/roles/${role.id}`), "NOT_FOUND");
  });

  it("that are held go with a replacement named in the query, and not without", async () => {
    const [role, other] = [await makeRole(admin), await makeRole(admin, { permissions: ["sessions.read"] })];
    const user = await createUser(owner);
    await put(admin, `/api/v1/users/${user.id}/roles/${role.id}`);
    const refused = await admin.remove(`/api/v1/roles/${role.id}`);
    expectProblem(refused, "CONFLICT");
    expect(refused.json.detail).toContain(user.email);
    expect((await admin.remove(`/api/v1/roles/${role.id}?replacement=${other.id}`)).status).toBe(204);
    const { roles } = (await owner.get(`/api/v1/users/${user.id}`)).json;
    expect(roles.map((held: { id: string }) => held.id)).toEqual([other.id]);
  });

  it("raise nobody: neither a limited administrator, nor oneself, nor by a role of one's own making", async () => {
    const user = await createUser(owner);
    const support = await signIn((await createUser(owner, "support")).email);
    const adminRole = builtInRoleId("platform", "admin");
    expectProblem(
      await put(support, `/api/v1/users/${user.id}/roles/${builtInRoleId("platform", "auditor")}`),
      "FORBIDDEN",
    );
    expectProblem(await put(admin, `/api/v1/users/${user.id}/roles/${adminRole}`), "FORBIDDEN");
    const self = (await admin.get("/api/v1/session")).json.user.id;
    expectProblem(await put(admin, `/api/v1/users/${self}/roles/${builtInRoleId("platform", "auditor")}`), "FORBIDDEN");
    const role = { key: `r-${randomUUID()}`, name: "More", rank: 30, permissions: ["mailbox.read"] };
    expectProblem(await admin.post("/api/v1/roles", role), "FORBIDDEN");
    expectProblem(await admin.post("/api/v1/roles", { ...role, permissions: ["users.read"], rank: 80 }), "FORBIDDEN");
    expectProblem(await admin.post("/api/v1/roles", { ...role, builtIn: true }), "INVALID_INPUT", "builtIn");
  });

  it("are explained: why, by which roles, and who else", async () => {
    const user = await createUser(owner, "support");
    const ask = (permission: string) => `/api/v1/access/explain?userId=${user.id}&permission=${permission}`;
    expect((await admin.get(ask("users.lock"))).json).toMatchObject({ held: true, roles: [{ key: "support" }] });
    expect((await admin.get(ask("users.delete"))).json).toMatchObject({ held: false, obstacles: ["no-role"] });
    expectProblem(await admin.get(ask("no.such")), "INVALID_INPUT", "permission");
    const holders = await admin.get("/api/v1/access/holders?permission=users.delete&limit=100");
    expect(holders.json.data.map(({ user: one }: { user: { id: string } }) => one.id)).not.toContain(user.id);
    const catalogue = (await admin.get("/api/v1/permissions")).json.data;
    expect(catalogue).toContainEqual(expect.objectContaining({ name: "users.delete", held: true }));
  });
});
