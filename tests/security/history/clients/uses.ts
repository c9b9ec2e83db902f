import type { UseOutcome } from "../model/history";
import type { Answer, HttpClient } from "./http-client";
import type { Held, World } from "./world";

/** What every client works with. */
export type Driving = { world: World; client: HttpClient; instances: number };

/** Presents a credential to an instance in the cheapest way there is, and records what came of it. */
export async function check({ world, client }: Driving, held: Held, instance: number): Promise<UseOutcome> {
  const answer = await client.call(instance, { path: "/api/v1/session", cookie: held.cookie });
  return recordUse(world, { held, instance, answer });
}

/** The same question to Better Auth, which answers the signed-out with 200 and nothing. */
export async function getSession({ world, client }: Driving, held: Held, instance: number): Promise<UseOutcome> {
  const answer = await client.call(instance, { path: "/api/auth/get-session", cookie: held.cookie });
  const outcome = answer.status === 200 && answer.text === "null" ? "refused" : toOutcome(answer);
  return recordUse(world, { held, instance, answer, outcome });
}

/** Reads something of one's own, as a page of the console does. */
export async function readOwn({ world, client }: Driving, held: Held, instance: number): Promise<UseOutcome> {
  const answer = await client.call(instance, { path: "/api/v1/account/tenants", cookie: held.cookie });
  return recordUse(world, { held, instance, answer });
}

type Entering = { instance: number; tenantId: string };

/** Reads a tenant's users, by which the session becomes active in that tenant. */
export async function enterTenant(
  { world, client }: Driving,
  held: Held,
  { instance, tenantId }: Entering,
): Promise<UseOutcome> {
  const { recorder, tenants } = world;
  const slug = tenants.find(({ id }) => id === tenantId)?.slug ?? "";
  const answer = await client.call(instance, { path: `/api/v1/tenants/${slug}/users?limit=1`, cookie: held.cookie });
  const { invoked, returned } = answer;
  // Whatever is answered but a refusal of the session itself may have come after the entry.
  if (answer.status !== 401)
    recorder.addEntry({ credentialId: held.credential.id, tenantId, isSure: answer.status === 200, invoked, returned });
  return recordUse(world, { held, instance, answer });
}

type Presented = { held: Held; instance: number; answer: Answer; outcome?: UseOutcome };

/** Records what came of presenting a credential; the outcome is the status's, unless it is given. */
export function recordUse({ recorder, live }: World, { held, instance, answer, ...given }: Presented): UseOutcome {
  const { invoked, returned } = answer;
  const outcome = given.outcome ?? toOutcome(answer);
  recorder.addUse({ credentialId: held.credential.id, instance, invoked, returned, outcome });
  if (answer.status >= 500 && answer.status !== 503)
    recorder.addFailure(`${answer.status} ${answer.text.slice(0, 200)}`);
  if (outcome === "refused") live.delete(held.credential.id);
  return outcome;
}

function toOutcome({ status }: Answer): UseOutcome {
  if (status === 200) return "accepted";
  if (status === 401) return "refused";
  return status === 503 ? "unavailable" : "none";
}
