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
