import type { OwnStores } from "@/tests/support/own-stores";
import { type Person, seedSessions } from "./seeds";

/** Sessions of a platform owner, between them below the limit of requests. */
export type Operators = {
  /** The cookie of one that is beyond every end that clients ask for. */
  operatorCookie: () => string;
  /** Makes them anew: they have been ended with everybody's, or their proof has grown old. */
  renewOperators: () => Promise<void>;
};

const operatorSessions = 16;

/** Keeps them for an owner; `renewOperators` has to be called first. */
export function createOperators(stores: OwnStores, owner: Person, cookieOf: (token: string) => string): Operators {
  let cookies: string[] = [];
  let turn = 0;
  let renewal: Promise<void> | null = null;
  const renew = async () => {
    const wishes = Array.from({ length: operatorSessions }, () => ({
      person: owner,
      tenantId: null,
      address: "192.0.2.1",
    }));
    cookies = (await seedSessions(stores, wishes)).map(({ token }) => cookieOf(token));
    renewal = null;
  };
  return {
    operatorCookie: () => {
      turn += 1;
      return cookies[turn % cookies.length] ?? "";
    },
    renewOperators: () => {
      renewal ??= renew();
      return renewal;
    },
  };
}
