/** A moment to the millisecond with its zone named: "21 Nov 2026, 07:21:03.482 UTC". For records that are evidence. */
export const formatExactMillis = (at: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
    ...(timeZone ? { timeZone } : {}),
  }).format(at);

/** The time of day of a moment, to the millisecond: "07:21:03.482". Beside a moment that names the day and the zone. */
export const formatTimeOfDayMillis = (at: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    ...(timeZone ? { timeZone } : {}),
  }).format(at);
