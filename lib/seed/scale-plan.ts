import { createRandom } from "./random";
import { seedId } from "./seed-id";
import type { TenantRow } from "./seed-rows";

/** How much to make up. */
export type ScaleOptions = {
  users: number;
  sessions: number;
  events: number;
  tenants: number /** Ended sessions. */;
  history: number;
};

/** Everything that is settled before the first row: equal options and an equal anchor give equal data. */
export type ScalePlan = {
  options: ScaleOptions;
  /** The moment that counts as now, kept as the first tenant's `created_at` so that a later run goes on alike. Epoch milliseconds. */
  anchor: number;
  tenants: { id: string; slug: string; name: string }[];
  chunks: ScaleChunk[];
};

/** A slice that is loaded in one transaction: users `from` to `to` (exclusive) and everything that is theirs. */
export type ScaleChunk = { from: number; to: number; sessions: number; history: number; events: number; seed: string };

/** Users of a chunk: small enough for a transaction of seconds, large enough for COPY to run at full speed. */
const chunkUsersMax = 20_000;
const chunkUsersMin = 500;

/** Chunks that even a small load has, so that it shows progress. */
const chunksWanted = 20;

/** Days of audit events. */
export const scaleEventDays = 90;

const adjectives =
  `Amber Boreal Cobalt Drift Ember Fallow Golden Harbour Iron Juniper Kestrel Lumen Maple Northern Opal Prairie Quiet
  River Summit Tidal Umber Vale Willow Yonder Zephyr Alder Bright Cedar Delta Echo Fjord Granite Hollow Indigo Jade Lunar Meadow Nimbus
  Orchard Pine`.split(/\s+/u);
const nouns =
  `Foundry Logistics Clinics Textiles Analytics Bakeries Energy Software Mills Airways Robotics Insurance Publishing Ceramics
  Fisheries Motors Pharma Optics Timber Capital Telecom Breweries Gardens Studios Marine`.split(/\s+/u);

/** The slug of the first tenant, by which earlier data of this kind is recognised. */
export const firstSlug = tenantName(0).slug;

/** Settles the tenants and the chunks. */
export function planScale(options: ScaleOptions, anchor: number): ScalePlan {
  const key = Object.entries(options).sort().join("/");
  const random = createRandom(`gatehouse scale tenants ${key}`);
  const tenants = Array.from({ length: options.tenants }, (_, index) => ({
    id: seedId(random, anchor),
    ...tenantName(index),
  }));
  const chunks: ScaleChunk[] = [];
  const chunkUsers = Math.min(chunkUsersMax, Math.max(chunkUsersMin, Math.ceil(options.users / chunksWanted)));
  for (let from = 0; from < options.users; from += chunkUsers) {
    const to = Math.min(from + chunkUsers, options.users);
    const shareOf = (total: number) =>
      Math.round((total * to) / options.users) - Math.round((total * from) / options.users);
    const { sessions, history, events } = options;
    chunks.push({
      from,
      to,
      sessions: shareOf(sessions),
      history: shareOf(history),
      events: shareOf(events),
      seed: `gatehouse scale ${from} ${key}`,
    });
  }
  return { options, anchor, tenants, chunks };
}

/** The plan's tenants as rows; the first one carries the anchor. */
export const toScaleTenantRows = ({ tenants, anchor }: ScalePlan): TenantRow[] =>
  tenants.map(({ id, slug, name }, index) => {
    // Whole milliseconds apart, the newest first, so that lists have an order to show.
    const createdAt = new Date(anchor - index * 3_600_000);
    return { id, slug, name, createdAt, updatedAt: createdAt };
  });

function tenantName(index: number): { slug: string; name: string } {
  const round = Math.floor(index / (adjectives.length * nouns.length));
  const adjective = adjectives[index % adjectives.length] ?? "";
  const noun = nouns[Math.floor(index / adjectives.length) % nouns.length] ?? "";
  const name = [adjective, noun, ...(round === 0 ? [] : [String(round + 1)])].join(" ");
  return { name, slug: name.toLowerCase().replaceAll(" ", "-") };
}
