import { oneOf } from "./chance";
import { requestEnd, toOutcome } from "./end-request";
import { type EndWay, slugOf, someLive, toCredentials } from "./revocation-ways";
import { type Person, seedMemberships, seedPeople } from "./seeds";
import type { Driving } from "./uses";
import { firstPassword } from "./world";

const reason = "history";

/** The holder signs out. */
export const signOut: EndWay = async (driving, instance) => {
  const held = someLive(driving);
  if (held === null) return null;
  const call = { method: "POST", path: "/api/auth/sign-out", cookie: held.cookie, body: {} };
  return requestEnd(driving, {
    way: "sign-out",
    instance,
    call,
    coverage: toCredentials([held]),
    action: "session.end",
  });
};

/** An administrator locks somebody, who is let in again afterwards. */
export const lock: EndWay = async (driving, instance) => {
  const person = oneOf(driving.world.people);
  const path = `/api/v1/users/${person.id}`;
  const coverage = { kind: "user" as const, userId: person.id, tenantId: null };
  const cookie = driving.world.operatorCookie();
  const call = { method: "POST", path: `${path}/lock`, body: { reason }, cookie };
  const ended = await requestEnd(driving, { way: "lock", instance, call, coverage, action: "user.lock" });
  if (ended.outcome !== "none")
    await undo(driving, instance, { path: `${path}/unlock`, way: "unlock", action: "user.unlock" });
  return ended;
};

/** An administrator deletes somebody; somebody new comes. */
export const deleteUser: EndWay = async (driving, instance) => {
  const { world } = driving;
  const person = oneOf(world.people);
  const coverage = { kind: "user" as const, userId: person.id, tenantId: null };
  const call = {
    method: "DELETE",
    path: `/api/v1/users/${person.id}?reason=${reason}`,
    cookie: world.operatorCookie(),
  };
  const ended = await requestEnd(driving, { way: "delete-user", instance, call, coverage, action: "user.delete" });
  if (ended.outcome === "none") return ended;
  const { tenantIds } = person;
  const wishes = { count: 1, tenantIds, password: firstPassword, passwordHash: world.passwordHash };
  const came = await seedPeople(world.stores, wishes).catch((): Person[] => []);
  if (came.length > 0) world.people.splice(world.people.indexOf(person), 1, ...came);
  return ended;
};

/** A tenant removes a guest, who is taken in again afterwards. */
export const removeMember: EndWay = async (driving, instance) => {
  const guests = driving.world.people.filter(({ tenantIds }) => tenantIds.length > 1);
  const person = oneOf(guests);
  const tenantId = person.tenantIds[1] ?? "";
  const ended = await revokeMembership(driving, instance, { person, tenantId });
  if (ended.outcome !== "none")
    await seedMemberships(driving.world.stores, tenantId, [person.id]).catch(() => undefined);
  return ended;
};

function revokeMembership(
  driving: Driving,
  instance: number,
  { person, tenantId }: { person: Person; tenantId: string },
) {
  const cookie = driving.world.operatorCookie();
  const call = { method: "DELETE", path: `/api/v1/tenants/${slugOf(driving, tenantId)}/members/${person.id}`, cookie };
  const coverage = { kind: "user" as const, userId: person.id, tenantId };
  return requestEnd(driving, { way: "remove-member", instance, call, coverage, action: "member.remove" });
}

/** The platform suspends a tenant, and opens it again. */
export const suspend: EndWay = async (driving, instance) => {
  const tenant = oneOf(driving.world.tenants);
  const path = `/api/v1/tenants/${tenant.slug}`;
  const call = { method: "POST", path: `${path}/suspend`, body: { reason }, cookie: driving.world.operatorCookie() };
  const coverage = { kind: "tenant" as const, tenantId: tenant.id };
  const ended = await requestEnd(driving, { way: "suspend", instance, call, coverage, action: "tenant.suspend" });
  if (ended.outcome !== "none")
    await undo(driving, instance, { path: `${path}/resume`, way: "resume", action: "tenant.resume" });
  return ended;
};

type Undoing = { path: string; way: string; action: string };

// Tried again until it is answered: nobody could be signed in afterwards.
async function undo({ world, client }: Driving, instance: number, { path, way, action }: Undoing): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const call = {
      method: "POST",
      path,
      body: path.endsWith("unlock") ? { reason } : {},
      cookie: world.operatorCookie(),
    };
    const answer = await client.call(instance, call);
    // Unlocking somebody whom another has just unlocked changes nothing and leaves no event.
    const outcome = way === "unlock" || attempt > 0 ? "unknown" : toOutcome(answer);
    world.recorder.changes.push({ way, requestId: answer.requestId, action, outcome });
    if (toOutcome(answer) === "done") return;
    if (answer.status === 401) await world.renewOperators().catch(() => undefined);
    else if (answer.status !== 503 && answer.status !== 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
