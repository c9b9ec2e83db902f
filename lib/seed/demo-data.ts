import { recordArrivals } from "./demo-arrivals";
import { inventBackground, inventCompromise } from "./demo-background";
import { inventIncidents } from "./demo-incidents";
import { inventTenants, inventUsers } from "./demo-people";
import { inventSessions } from "./demo-sessions";
import type { DemoData } from "./demo-world";
import { createRandom } from "./random";

/**
 * Invents the whole demo in memory: tenants, people, sessions, history, receipts and the events that explain them.
 * The same for equal `now` (epoch milliseconds); nothing in it is later than that.
 */
export function inventDemo(now: number): DemoData {
  const world = { random: createRandom("gatehouse demo 1"), now };
  const homes = inventTenants(world);
  const users = inventUsers(world, homes);
  const data: DemoData = {
    homes,
    users,
    locks: new Map(),
    closed: new Map(),
    sessions: [],
    history: [],
    receipts: [],
    events: [],
    mails: [],
  };
  recordArrivals(world, data);
  inventIncidents(world, data);
  inventSessions(world, data);
  inventCompromise(world, data);
  inventBackground(world, data);
  data.events.sort((a, b) => a.at.getTime() - b.at.getTime());
  return data;
}
