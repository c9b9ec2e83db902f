import { createHash } from "node:crypto";
import { z } from "zod";
import { type Credential, unnamed } from "../model/history";
import { freshAddress } from "./chance";
import { toOutcome } from "./end-request";
import type { Answer } from "./http-client";
import { type EndWay, someLive, toCredentials } from "./revocation-ways";
import type { Person } from "./seeds";
import { type Driving, recordUse } from "./uses";
import type { Held } from "./world";

/** Signs in with the password of this moment, and holds what comes of it; a session in hand is replaced. */
export async function signIn(
  driving: Driving,
  instance: number,
  { person, before }: { person: Person; before?: Held },
): Promise<Held | null> {
  const { world, client } = driving;
  const { email, password, changes, homeTenantId, id } = person;
  const call = { method: "POST", path: "/api/auth/sign-in/email", body: { email, password }, address: freshAddress() };
  const answer = await client.call(instance, before ? { ...call, cookie: before.cookie } : call);
  const { invoked, returned, requestId, cookie } = answer;
  const outcome = toOutcome(answer);
  world.recorder.changes.push({ way: "sign-in", requestId, action: "session.create", outcome });
  if (before) recordReplacement(driving, before, answer);
  if (outcome !== "done" || cookie === null) return null;
  const made = { homeTenantId, block: null, proof: changes, created: { invoked, returned } };
  const held = await holdSignedIn(driving, instance, { cookie, person, made: { ...made, userIds: [id] } });
  // The new session stays in the tenant of the one before it, which may have entered another meanwhile.
  const stays = before ? person.tenantIds : [];
  for (const tenantId of stays)
    world.recorder.addEntry({ credentialId: held.credential.id, tenantId, isSure: false, invoked, returned });
  return held;
}

type SignedIn = { cookie: string; person: Person; made: Omit<Credential, "id" | "sessionId"> };

const current = z.object({ session: z.object({ id: z.string() }) });

// A session that is dead by now never tells its id; its cookie must stay worthless all the same.
async function holdSignedIn(driving: Driving, instance: number, { cookie, person, made }: SignedIn): Promise<Held> {
  const id = createHash("sha256").update(cookie).digest("base64url").slice(0, 22);
  const answer = await driving.client.call(instance, { path: "/api/v1/session", cookie });
  const sessionId = answer.status === 200 ? current.parse(JSON.parse(answer.text)).session.id : unnamed(id);
  const held = driving.world.hold({ credential: { ...made, id, sessionId }, cookie, person });
  recordUse(driving.world, { held, instance, answer });
  return held;
}

function recordReplacement({ world }: Driving, before: Held, answer: Answer): void {
  const { invoked, returned, requestId } = answer;
  const coverage = toCredentials([before]);
  const outcome = toOutcome(answer);
  const end = { way: "sign-in-again", coverage, except: [], outcome, pinned: invoked, invoked, returned, requestId };
  world.recorder.addEnd({ ...end, window: 0 });
  if (outcome === "done") world.bury(coverage);
}

/** Somebody signs in again where they are signed in: a new proof, a new token. */
export const signInAgain: EndWay = async (driving, instance) => {
  const before = someLive(driving);
  if (before !== null) await signIn(driving, instance, { person: before.person, before });
  return null;
};
