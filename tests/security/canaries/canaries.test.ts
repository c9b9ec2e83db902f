import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { startGatehouseServer } from "@/tests/support/gatehouse-server";
import { makePlantedBrowser, type PlantedAnswer, type PlantedBrowser } from "./planted-browser";
import { type Canary, dumpRedis, dumpTables, findCanaries, type Haystack } from "./search-everywhere";

type Server = Awaited<ReturnType<typeof startGatehouseServer>>;

let server: Server;
let owner: PlantedBrowser;
const seen: PlantedAnswer[] = [];
const canaries: Canary[] = [];
// What a mail says is a secret until it is used; captured mail is there to be read, by platform owners alone.
const mailed: Canary[] = [];
// What was answered to the one to whom it is told, once, by design.
const told = new Set<PlantedAnswer>();

const random = () => randomBytes(9).toString("base64url");
const browser = () => makePlantedBrowser(server.address.url, seen);

function plant(name: string, secret: string, list = canaries): string {
  if (secret.length < 12) throw new Error(`There is no ${name} to look for.`);
  list.push({ name, secret });
  return secret;
}

const plantPassword = (name: string) => plant(name, `canary ${random()} ${random()}`);

function plantSession(name: string, { cookieValue }: PlantedBrowser): void {
  const value = decodeURIComponent(cookieValue());
  plant(`${name} token`, value.split(".")[0] ?? "");
  plant(`${name} signature`, value.split(".")[1] ?? "");
}

beforeAll(async () => {
  server = await startGatehouseServer(inject("testStores"), { env: { LOG_LEVEL: "trace" } });
  plant("password of the first owner", server.address.owner.password);
  owner = browser();
  await owner.signIn(server.address.owner.email, server.address.owner.password);
  plantSession("session of the owner", owner);
  await useEverything();
  await readEverything();
}, 900_000);
afterAll(() => server?.stop());

async function useEverything(): Promise<void> {
  const email = `canary-${random().toLowerCase()}@example.com`;
  const userId = await usePasswords(email);
  await useReset(email);
  await useKeys();
  await useInvitation();
  await useImpersonation(userId);
}

async function usePasswords(email: string): Promise<string> {
  const password = plantPassword("initial password");
  const made = await owner.post("/api/v1/users", { email, name: "Canary", password, roles: [] });
  expect(made.status).toBe(201);
  const person = browser();
  expect((await person.signIn(email, plantPassword("wrong password"))).status).toBe(401);
  expect((await person.signIn(email, password)).status).toBe(200);
  plantSession("session of a user", person);
  await person.get("/api/v1/session");
  await person.post("/api/auth/sign-out", {});
  // Where no field is for one: in a query, in an unknown field, in a body that is no JSON, as an address.
  const stray = plantPassword("stray password");
  await person.get(`/api/v1/users?search=a&password=${encodeURIComponent(stray)}`);
  // Next gives a page the address at which the client itself asked for it.
  told.add(await person.get(`/sign-in?password=${encodeURIComponent(stray)}`));
  await owner.post("/api/v1/users", { email, name: "X", roles: [], secret: stray });
  await owner.post("/api/v1/users", `{"password":"${stray}",`);
  await person.post("/api/auth/sign-in/email", { email: stray, password: stray, remember: stray });
  const { id } = JSON.parse(made.text);
  return String(id);
}

async function mailedTo(email: string): Promise<string> {
  for (let round = 0; round < 200; round += 1) {
    const list = await owner.get(`/platform/mailbox?search=${encodeURIComponent(email)}`);
    expect(list.status).toBe(200);
    const tables = await dumpTables(server.address.superuserUrl);
    const mail = tables.find(({ place }) => place === "public.captured_mail")?.text ?? "";
    const mine = mail.split("\n(").filter((row) => row.includes(email));
    const token = /token=([\w-]+)/.exec(mine.at(-1) ?? "")?.[1];
    if (token) return mine.at(-1) ?? "";
  }
  throw new Error(`No mail reached ${email}.`);
}

async function useReset(email: string): Promise<void> {
  await browser().post("/api/auth/request-password-reset", { email });
  const token = /token=([\w-]+)/.exec(await mailedTo(email))?.[1] ?? "";
  plant("reset code", token, mailed);
  told.add(await browser().get(`/reset-password?token=${token}`));
  const weak = plantPassword("refused password").slice(0, 11);
  await browser().post("/api/auth/reset-password", { token, newPassword: weak });
  const next = plantPassword("password after a reset");
  expect((await browser().post("/api/auth/reset-password", { token, newPassword: next })).status).toBe(200);
  expect((await browser().post("/api/auth/reset-password", { token, newPassword: next })).status).toBe(400);
}

async function useKeys(): Promise<void> {
  const made = await owner.post("/api/v1/api-keys", { name: "Canary", permissions: ["users.read"] });
  expect(made.status).toBe(201);
  told.add(made);
  const { id, secret } = JSON.parse(made.text);
  plant("API key", String(secret));
  const rotated = await owner.post(`/api/v1/api-keys/${id}/rotate`, {});
  expect(rotated.status).toBe(200);
  told.add(rotated);
  const next = plant("rotated API key", String(JSON.parse(rotated.text).secret));
  for (const key of [secret, next, `${next}x`]) {
    await browser().call("/api/v1/users?limit=1", { headers: { authorization: `Bearer ${key}` } });
  }
  await browser().call(`/api/v1/users?key=${next}`, { headers: { authorization: `Basic ${next}` } });
}

async function useInvitation(): Promise<void> {
  const slug = `canary-${random()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "x")}`;
  expect((await owner.post("/api/v1/tenants", { slug, name: "Canaries" })).status).toBe(201);
  const email = `invited-${random().toLowerCase()}@example.com`;
  const roles = [builtInRoleId("tenant", "member")];
  expect((await owner.post(`/api/v1/tenants/${slug}/invitations`, { emails: [email], roles })).status).toBe(201);
  const [, id = "", token = ""] = /invitations\/([\w-]+)\?token=([\w-]+)/.exec(await mailedTo(email)) ?? [];
  plant("invitation", token, mailed);
  told.add(await browser().get(`/invitations/${id}?token=${token}`));
  const body = { invitationId: id, token, name: "Invited", password: plantPassword("password of an invited person") };
  const accepted = browser();
  expect((await accepted.post("/api/auth/accept-invitation", body)).status).toBe(201);
  told.add(await accepted.get(`/invitations/${id}?token=${token}x`));
  for (const place of ["users", "members", "invitations", "sessions", "audit", "settings"]) {
    await owner.get(`/t/${slug}/${place}`);
  }
}

async function useImpersonation(userId: string): Promise<void> {
  const person = browser();
  await person.signIn(server.address.owner.email, server.address.owner.password);
  plantSession("session of an administrator who acts as another", person);
  await person.post(`/api/v1/users/${userId}/impersonation`, { reason: "canary" });
  plantSession("session of an impersonation", person);
  await person.get("/api/v1/session");
}

async function readEverything(): Promise<void> {
  const lists = ["users", "sessions", "sessions?status=ended", "audit-events", "api-keys", "roles", "tenants"];
  for (const list of [...lists, "sessions/revocations", "session", "policy", "overview"]) {
    const answer = await owner.get(`/api/v1/${list}`);
    expect([list, answer.status]).toEqual([list, 200]);
  }
  const pages = ["users", "sessions", "audit", "api-keys", "mailbox", "tenants", "settings", "receipts", ""];
  for (const page of pages) expect((await owner.get(`/platform/${page}`.replace(/\/$/, ""))).status).toBe(200);
  const metrics = await owner.get("/api/metrics");
  expect(metrics.status).toBe(200);
}

const answers = (): Haystack[] =>
  seen
    .filter((answer) => !told.has(answer))
    .map(({ path, headers, text }) => ({
      place: `the answer to ${path.split("?")[0]}`,
      text: `${headers}\n${text}`,
    }));

describe("secrets that went through the product", () => {
  it("are in no line that the server has written, at its most talkative", () => {
    const output = server.output();
    expect(output.split("\n").length).toBeGreaterThan(50);
    const lines = output.split("\n").map((text, line) => ({ place: `line ${line}: ${text.slice(0, 200)}`, text }));
    expect(findCanaries([...canaries, ...mailed], lines)).toEqual([]);
  });

  it("are in no page and no answer but the one that tells them, once", () => {
    expect(answers().length).toBeGreaterThan(50);
    expect(findCanaries([...canaries, ...mailed], answers())).toEqual([]);
  });

  it("are in no row of any table, save what is in captured mail", async () => {
    const tables = await dumpTables(server.address.superuserUrl);
    // The search would find something: what is no secret is there.
    expect(findCanaries([{ name: "address", secret: server.address.owner.email }], tables)).toContain(
      'address in public."user"',
    );
    expect(findCanaries(canaries, tables)).toEqual([]);
    const found = findCanaries(mailed, tables);
    expect(found).toEqual(["reset code in public.captured_mail", "invitation in public.captured_mail"]);
  });

  it("are in no key of Redis", async () => {
    const keys = await dumpRedis(server.address.redisUrl);
    expect(keys.length).toBeGreaterThan(5);
    expect(findCanaries([...canaries, ...mailed], keys)).toEqual([]);
  });
});
