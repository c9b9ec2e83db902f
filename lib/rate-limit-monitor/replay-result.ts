import type { RateLimitPreview } from "./rule-schemas";

/** What was replayed of one subject. */
export type ReplayedSubject = {
  label: string;
  userId: string | null;
  attempts: number;
  refused: number;
  refusedNow: number;
  /** Milliseconds since 1970. */
  firstRefusedAt: number | null;
};

/** What a replay found, and over what. */
export type ReplayResult = Pick<RateLimitPreview, "source" | "exact" | "truncated"> & {
  from: number;
  to: number;
  subjects: ReplayedSubject[];
};

/** Adds up what two rules decided, subject by subject. */
export function createReplayResult() {
  const subjects = new Map<string, ReplayedSubject>();
  return {
    subjects: () => [...subjects.values()],
    note: (key: string, one: Omit<ReplayedSubject, "firstRefusedAt"> & { at: number }) => {
      const known = subjects.get(key);
      const first = known?.firstRefusedAt ?? (one.refused > 0 ? one.at : null);
      subjects.set(key, {
        label: one.label,
        userId: one.userId ?? known?.userId ?? null,
        attempts: (known?.attempts ?? 0) + one.attempts,
        refused: (known?.refused ?? 0) + one.refused,
        refusedNow: (known?.refusedNow ?? 0) + one.refusedNow,
        firstRefusedAt: first,
      });
    },
  };
}
