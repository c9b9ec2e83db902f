import { z } from "zod";
import type { Credential } from "../model/history";
import { oneOf } from "./chance";
import { type EndAnswer, requestEnd } from "./end-request";
import type { Answer } from "./http-client";
import { type EndWay, revoke, toCredentials } from "./revocation-ways";
import type { Driving } from "./uses";
import type { Held } from "./world";

const reason = "history";

const started = z.object({ sessionId: z.string() });

/** An administrator acts as somebody, stops, and is ended by an owner. */
export const impersonate: EndWay = async (driving, instance) => {
  const { world } = driving;
  const [own] = await world.seed([{ person: world.admin, tenantId: null, address: "10.9.9.9" }]);
  if (!own) return null;
  const person = oneOf(world.people);
  const call = {
    method: "POST",
    path: `/api/v1/users/${person.id}/impersonation`,
    body: { reason },
    cookie: own.cookie,
  };
  const asked = {
    way: "impersonation-start",
    instance,
    call,
    coverage: toCredentials([own]),
    action: "impersonation.start",
  };
  const begun = await requestEnd(driving, asked);
  if (begun.outcome !== "done" || begun.answer.cookie === null) return begun;
  const { sessionId } = started.parse(JSON.parse(begun.answer.text));
  const acting = holdNext(driving, begun.answer, {
    ...{ id: sessionId, sessionId, homeTenantId: person.homeTenantId },
    userIds: [person.id, world.admin.id],
  });
  return stopActing(driving, instance, { acting, own });
};

async function stopActing(
  driving: Driving,
  instance: number,
  { acting, own }: { acting: Held; own: Held },
): Promise<EndAnswer> {
  const call = { method: "DELETE", path: "/api/v1/impersonation", cookie: acting.cookie };
  const asked = {
    way: "impersonation-stop",
    instance,
    call,
    coverage: toCredentials([acting]),
    action: "impersonation.stop",
  };
  const stopped = await requestEnd(driving, asked);
  if (stopped.outcome !== "done" || stopped.answer.cookie === null) return stopped;
  const { sessionId, homeTenantId, userIds } = own.credential;
  const back = holdNext(driving, stopped.answer, { id: `${sessionId}-back`, sessionId, homeTenantId, userIds });
  return revoke(driving, instance, {
    way: "revoke-one",
    coverage: toCredentials([back]),
    call: { method: "DELETE", path: `/api/v1/sessions/${sessionId}` },
  });
}

type NextCredential = Pick<Credential, "id" | "sessionId" | "homeTenantId" | "userIds">;

function holdNext({ world }: Driving, { invoked, returned, cookie }: Answer, next: NextCredential): Held {
  const credential = { ...next, block: null, proof: null, created: { invoked, returned } };
  return world.hold({ credential, cookie: cookie ?? "", person: world.admin });
}
