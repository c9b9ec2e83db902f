import type { Coverage, End } from "../model/history";
import type { Answer, Call } from "./http-client";
import type { Driving } from "./uses";
import type { Held } from "./world";

/** A request that ends sessions. */
export type EndRequest = {
  way: string;
  instance: number;
  call: Call;
  coverage: Coverage;
  /** The event it leaves. */
  action: string;
  except?: readonly string[];
  /** When the set was pinned, if that was before the request. */
  pinned?: number;
};

/** What came of it. */
export type EndAnswer = { answer: Answer; outcome: End["outcome"]; covered: Held[] };

/** Sends it, and records the end and the change of which the audit log must know. */
export async function requestEnd({ world, client }: Driving, asked: EndRequest): Promise<EndAnswer> {
  const { way, coverage, except = [], action } = asked;
  const answer = await client.call(asked.instance, asked.call);
  const outcome = toOutcome(answer);
  const { invoked, returned, requestId } = answer;
  const pinned = asked.pinned ?? invoked;
  world.recorder.addEnd({ way, coverage, except, outcome, pinned, invoked, returned, requestId, window: 0 });
  world.recorder.changes.push({ way, requestId, action, outcome });
  if (answer.status >= 500 && answer.status !== 503)
    world.recorder.addFailure(`${way}: ${answer.status} ${answer.text.slice(0, 200)}`);
  if (answer.status === 401) await world.renewOperators().catch(() => undefined);
  const covered = outcome === "done" ? world.bury(coverage, except) : [];
  return { answer, outcome, covered };
}

/** What an answer says of a change: done, refused before anything happened, or nobody knows. */
export function toOutcome({ status }: Pick<Answer, "status">): End["outcome"] {
  if (status >= 200 && status < 300) return "done";
  return status >= 400 && status < 500 ? "none" : "unknown";
}
