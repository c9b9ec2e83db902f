import type { RateLimitRule } from "@/lib/rate-limits/rule-catalogue";

/** A rule's bounds, as far as they decide. */
export type ReplayedRule = Pick<RateLimitRule, "algorithm" | "limit" | "windowSeconds">;

/** Something that was recorded of a subject: an attempt, or what undid one. */
export type RecordedAttempt = {
  /** Milliseconds since 1970. */
  at: number;
  subject: string;
  outcome: "allowed" | "refused" | "observed" | "returned" | "cleared";
  cost: number;
  /** The place taken or given back; attempts that were refused took none. */
  entry: string | null;
};

/** A rule as it would have decided. */
export type Replay = {
  /** Whether the rule would have refused; null where nothing was decided. In the order of time. */
  decide: (attempt: RecordedAttempt) => boolean | null;
};

/** A success gives its place back and then clears the account, within this many milliseconds. */
const oneActMilliseconds = 1_000;

type Counter = {
  take: (at: number, cost: number, entry: string) => boolean;
  give: (entry: string, cost: number) => void;
};
type Subject = { counter: Counter; refused: Set<string>; ignoredAt: number };

/**
 * Decides recorded attempts anew under other bounds, as the limiter would have: to the millisecond, of which it knows the
 * thousandths. What was refused is taken for an attempt that would have failed. What a success undid is undone only where
 * the attempt would have been let through.
 */
export function createReplay(rule: ReplayedRule): Replay {
  const subjects = new Map<string, Subject>();
  const make = rule.algorithm === "log" ? createLog : createRate;
  const fresh = (): Subject => ({ counter: make(rule), refused: new Set(), ignoredAt: Number.NEGATIVE_INFINITY });
  const subjectOf = (name: string) => {
    const known = subjects.get(name) ?? fresh();
    subjects.set(name, known);
    return known;
  };
  return {
    decide: (attempt) => {
      const subject = subjectOf(attempt.subject);
      if (attempt.outcome === "cleared") {
        if (attempt.at - subject.ignoredAt > oneActMilliseconds) subject.counter = make(rule);
        return null;
      }
      return attempt.outcome === "returned" ? giveBack(subject, attempt) : take(subject, attempt);
    },
  };
}

function giveBack(subject: Subject, { at, cost, entry }: RecordedAttempt): null {
  if (entry !== null && subject.refused.has(entry)) subject.ignoredAt = at;
  else subject.counter.give(entry ?? "", cost);
  return null;
}

// Somebody was exempt then, or refused by a block that an operator had set: no rule decided.
function take({ counter, refused }: Subject, { at, cost, entry }: RecordedAttempt): boolean | null {
  if (cost <= 0) return null;
  const isFree = counter.take(at, cost, entry ?? "");
  if (!isFree && entry !== null) refused.add(entry);
  return !isFree;
}

function createLog({ limit, windowSeconds }: ReplayedRule): Counter {
  let places: { at: number; entry: string }[] = [];
  return {
    take: (at, cost, entry) => {
      places = places.filter((place) => place.at > at - windowSeconds * 1_000);
      if (places.length + cost > limit) return false;
      for (let place = 0; place < cost; place += 1) places.push({ at, entry });
      return true;
    },
    give: (entry) => {
      places = places.filter((place) => place.entry !== entry);
    },
  };
}

// The generic cell rate algorithm (ITU-T I.371), as the limiter's script has it.
function createRate({ limit, windowSeconds }: ReplayedRule): Counter {
  const window = windowSeconds * 1_000;
  const interval = window / limit;
  let due = 0;
  return {
    take: (at, cost) => {
      const next = Math.max(due, at) + cost * interval;
      if (next - at > window) return false;
      due = next;
      return true;
    },
    give: (_entry, cost) => {
      due -= cost * interval;
    },
  };
}
