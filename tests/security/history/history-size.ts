const scale = Number(process.env.GATEHOUSE_HISTORY_SCALE ?? "1");
const times = (count: number) => Math.max(1, Math.round(count * scale));

/** The least that a run must have done; every kind of revocation is among them. */
export type Promised = { checks: number; revocations: number; everyKind: number };

/**
 * How much the runs do, and the least that they must have done at their end. GATEHOUSE_HISTORY_SCALE multiplies all of it:
 * 20 makes it a million checks and twenty thousand revocations, 0.1 a try.
 */
export const historySize = {
  naming: { plan: { uses: times(50_000), ends: times(1_040) }, promised: promised(50_000, 1_000, 10) },
  large: { plan: { uses: times(2_000), ends: times(96) }, promised: promised(2_000, 60, 2) },
  faults: promised(50_000, 1_000, 5),
  races: times(5_000),
  /** Milliseconds that a run may take before it counts as stuck. */
  patience: Math.max(600_000, times(900_000)),
};

function promised(checks: number, revocations: number, everyKind: number): Promised {
  return { checks: times(checks), revocations: times(revocations), everyKind: Math.floor(everyKind * scale) };
}
