import { type Coverage, isUnnamed } from "../model/history";
import { oneOf } from "./chance";
import { type EndAnswer, requestEnd } from "./end-request";
import type { Call } from "./http-client";
import type { Person } from "./seeds";
import type { Driving } from "./uses";
import type { Held } from "./world";

/** One way to end sessions, on somebody or something at random. Null: there was nothing to end. */
export type EndWay = (driving: Driving, instance: number) => Promise<EndAnswer | null>;

const reason = "history";
const revocations = "/api/v1/sessions/revocations";

/** One session, by its id. */
export const revokeOne: EndWay = (driving, instance) => {
  const held = someLive(driving);
  return held === null
    ? nothing()
    : revoke(driving, instance, {
        way: "revoke-one",
        coverage: toCredentials([held]),
        call: { method: "DELETE", path: `/api/v1/sessions/${held.credential.sessionId}` },
      });
};

/** Several sessions, by their ids. */
export const revokeSeveral: EndWay = (driving, instance) => {
  const chosen = [...driving.world.live.values()]
    .filter(isPlain)
    .slice(0, 200)
    .filter(() => Math.random() < 0.05);
  return chosen.length === 0
    ? nothing()
    : revoke(driving, instance, {
        way: "revoke-several",
        coverage: toCredentials(chosen),
        call: {
          method: "POST",
          path: revocations,
          body: { sessionIds: chosen.map(({ credential }) => credential.sessionId), reason },
        },
      });
};

/** Everything of a user. */
export const revokeUser: EndWay = (driving, instance) => {
  const person = oneOf(driving.world.people);
  return revoke(driving, instance, { way: "revoke-user", ...revocationOf(person) });
};

/** Everything of a user, as a request of the console states it. */
export function revocationOf(person: Person): { coverage: Coverage; call: Call } {
  return {
    coverage: { kind: "user", userId: person.id, tenantId: null },
    call: { method: "POST", path: revocations, body: { userId: person.id, reason } },
  };
}

/** What a tenant reaches of a user: everything at home, elsewhere what is active in it. */
export const revokeUserInTenant: EndWay = (driving, instance) => {
  const person = oneOf(driving.world.people.filter(({ tenantIds }) => tenantIds.length > 0));
  const tenantId = oneOf(person.tenantIds);
  const slug = slugOf(driving, tenantId);
  return revoke(driving, instance, {
    way: "revoke-user-in-tenant",
    coverage: { kind: "user", userId: person.id, tenantId: person.homeTenantId === tenantId ? null : tenantId },
    call: { method: "DELETE", path: `/api/v1/tenants/${slug}/users/${person.id}/sessions` },
  });
};

type Asked = { way: string; coverage: Coverage; call: Call };

/** Sends a revocation as an owner of the platform. */
export function revoke(driving: Driving, instance: number, { call, ...asked }: Asked): Promise<EndAnswer> {
  const cookie = driving.world.operatorCookie();
  return requestEnd(driving, { ...asked, instance, call: { ...call, cookie }, action: "session.revoke" });
}

/** A session that is believed to be alive and has no other behind it. */
export function someLive({ world }: Driving): Held | null {
  const candidates = [...world.live.values()].filter(isPlain);
  return candidates.length === 0 ? null : oneOf(candidates);
}

/** The path name of a tenant. */
export function slugOf({ world }: Driving, tenantId: string): string {
  return world.tenants.find(({ id }) => id === tenantId)?.slug ?? "";
}

/** These and no others. */
export function toCredentials(held: readonly Held[]): Coverage {
  return { kind: "credentials", credentialIds: held.map(({ credential }) => credential.id) };
}

/** Whether a session is nobody's but its holder's, and can be named. */
export function isPlain({ credential }: Held): boolean {
  return credential.userIds.length === 1 && !isUnnamed(credential);
}

async function nothing(): Promise<null> {
  return null;
}
