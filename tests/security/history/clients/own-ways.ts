import { oneOf } from "./chance";
import { requestEnd } from "./end-request";
import { type EndWay, isPlain, someLive, toCredentials } from "./revocation-ways";

const path = "/api/v1/account/sessions";

/** Somebody ends one of their own sessions, this one or another. */
export const revokeOwn: EndWay = async (driving, instance) => {
  const held = someLive(driving);
  if (held === null) return null;
  const own = [...driving.world.live.values()]
    .filter(isPlain)
    .filter(({ credential }) => credential.userIds[0] === held.person.id);
  const chosen = oneOf(own);
  const call = { method: "DELETE", path: `${path}/${chosen.credential.sessionId}`, cookie: held.cookie };
  return requestEnd(driving, {
    way: "revoke-own",
    instance,
    call,
    coverage: toCredentials([chosen]),
    action: "session.revoke",
  });
};

/** Somebody ends all of their own sessions but the one in hand. */
export const revokeOthers: EndWay = async (driving, instance) => {
  const held = someLive(driving);
  if (held === null) return null;
  const call = { method: "DELETE", path, cookie: held.cookie };
  const coverage = { kind: "user" as const, userId: held.person.id, tenantId: null };
  const except = [held.credential.id];
  return requestEnd(driving, { way: "revoke-others", instance, call, coverage, except, action: "session.revoke" });
};
