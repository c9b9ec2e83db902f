import type { Violation } from "../model/history";

/** What is true of one session when everything has come to rest. */
export type Rest = {
  sessionId: string;
  /** Whether the list of live sessions shows it. */
  isListed: boolean;
  /** The instances at which its credential is accepted. */
  acceptedAt: readonly number[];
};

/** C: after the run a session is listed as live exactly if it is accepted, and then by every instance. */
export function checkListing(sessions: readonly Rest[], instances: number): Violation[] {
  return sessions.flatMap(({ sessionId, isListed, acceptedAt }): Violation[] => {
    if (acceptedAt.length === (isListed ? instances : 0)) return [];
    const where = acceptedAt.length === 0 ? "nowhere" : `at ${acceptedAt.join(", ")}`;
    return [{ rule: "C", text: `${isListed ? "listed" : "not listed"} and accepted ${where}: ${sessionId}` }];
  });
}
