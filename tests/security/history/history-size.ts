const scale = Number(process.env.GATEHOUSE_HISTORY_SCALE ?? "0.1");
const times = (count: number) => Math.max(1, Math.round(count * scale));

/**
 * How much the runs do. GATEHOUSE_HISTORY_SCALE=1 makes it more than fifty thousand checks and five thousand races, 20 a
 * million checks and tens of thousands of revocations.
 */
export const historySize = {
  storm: { uses: times(35_000), ends: times(1_200) },
  races: times(5_000),
  /** Milliseconds that a run may take before it counts as stuck. */
  patience: Math.max(600_000, times(900_000)),
};
