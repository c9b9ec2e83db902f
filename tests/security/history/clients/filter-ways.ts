import { z } from "zod";
import type { Coverage } from "../model/history";
import { oneOf, someAddress } from "./chance";
import { type EndAnswer, requestEnd } from "./end-request";
import { type EndWay, someLive } from "./revocation-ways";
import type { Driving } from "./uses";
import { blockOf } from "./world";

const reason = "history";

/** A set by the addresses it was used from. */
export const revokeByFilter: EndWay = async (driving, instance) => {
  const held = someLive(driving);
  if (held?.credential.block == null) return null;
  return revokeBlock(driving, instance, { way: "revoke-by-filter", block: held.credential.block });
};

/** Sessions of a marked set: more than may be ended one by one within a request. */
const largeSet = 1_100;

/** A set too large to be ended one by one. */
export const revokeLargeSet: EndWay = async (driving, instance) => {
  const { world } = driving;
  const block = 256 + Math.floor(Math.random() * 1_000);
  const wishes = Array.from({ length: largeSet }, () => ({
    person: oneOf(world.people),
    tenantId: null,
    address: someAddress(block),
  }));
  const seeded = await world.seed(wishes);
  if (seeded.length === 0) return null;
  return revokeBlock(driving, instance, { way: "revoke-large-set", block: blockOf(someAddress(block)) });
};

/** Everything that a tenant sees. */
export const revokeTenant: EndWay = (driving, instance) => {
  const tenant = oneOf(driving.world.tenants);
  const scope = `/api/v1/tenants/${tenant.slug}`;
  const coverage = { kind: "tenant" as const, tenantId: tenant.id };
  return revokeFiltered(driving, instance, { way: "revoke-tenant", scope, filter: {}, coverage });
};

/** Everything there is. */
export const revokePlatform: EndWay = (driving, instance) =>
  revokeFiltered(driving, instance, {
    way: "revoke-platform",
    scope: "/api/v1",
    filter: {},
    coverage: { kind: "platform" },
  });

type Block = { way: string; block: string };

function revokeBlock(driving: Driving, instance: number, { way, block }: Block): Promise<EndAnswer | null> {
  const coverage = { kind: "block" as const, block };
  return revokeFiltered(driving, instance, { way, scope: "/api/v1", filter: { ip: block }, coverage });
}

type Filtered = { way: string; scope: string; filter: object; coverage: Coverage };

const previewed = z.object({ previewToken: z.string() });

// The preview pins the set: what began after it was asked for may be left out.
async function revokeFiltered(
  driving: Driving,
  instance: number,
  { way, scope, filter, coverage }: Filtered,
): Promise<EndAnswer | null> {
  const { world, client } = driving;
  const path = `${scope}/sessions/revocations`;
  const cookie = world.operatorCookie();
  const preview = await client.call(instance, { method: "POST", path: `${path}/preview`, body: { filter }, cookie });
  if (preview.status === 401) await world.renewOperators().catch(() => undefined);
  if (preview.status !== 200) return null;
  const { previewToken } = previewed.parse(JSON.parse(preview.text));
  const call = { method: "POST", path, cookie, body: { filter, previewToken, reason } };
  return requestEnd(driving, { way, coverage, call, instance, action: "session.revoke", pinned: preview.invoked });
}
