const LOCALE = "en";

const wholeNumber = new Intl.NumberFormat(LOCALE);
const compactNumber = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 });
const relativeTime = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto", style: "short" });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An exact number with thousands separators: 12,480. */
export const formatNumber = (value: number): string => wholeNumber.format(value);

/** A planner's estimate, said as one, to two digits: "about 1.2 M"; below a thousand to the nearest ten. */
export function formatEstimate(value: number): string {
  if (value >= 995_000) return `about ${compactNumber.format(value / 1_000_000)} M`;
  if (value >= 995) return `about ${compactNumber.format(value / 1000)} k`;
  return `about ${formatNumber(value < 20 ? value : Math.round(value / 10) * 10)}`;
}

/** A count that stopped at its bound: "1,000+". */
export const formatCount = (value: number, capped = false): string => `${formatNumber(value)}${capped ? "+" : ""}`;

/** A number with the noun that fits it: "1 session", "12 sessions", "1,000+ sessions". */
export function formatQuantity(value: number, noun: Noun, capped = false): string {
  return `${formatCount(value, capped)} ${value === 1 && !capped ? noun.one : noun.many}`;
}

/** A countable thing in both forms, lower case: `{ one: "session", many: "sessions" }`. */
export type Noun = { one: string; many: string };

/** A length of time in its two largest units: 45 s, 3 min 20 s, 2 h 5 min, 4 d 3 h. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units = [
    { size: 86_400, name: "d" },
    { size: 3600, name: "h" },
    { size: 60, name: "min" },
    { size: 1, name: "s" },
  ];
  const first = units.findIndex((unit) => whole >= unit.size);
  if (first === -1) return "0 s";
  let rest = whole;
  return units
    .slice(first, first + 2)
    .map((unit) => {
      const amount = Math.floor(rest / unit.size);
      rest -= amount * unit.size;
      return amount === 0 ? "" : `${amount} ${unit.name}`;
    })
    .filter(Boolean)
    .join(" ");
}

/** A moment as seen from `now` (both epoch milliseconds): "just now", "5 min. ago", "in 3 days"; a date past 30 days. */
export function formatRelative(at: number, now: number): string {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < 45 * SECOND) return distance <= 0 ? "just now" : "in a moment";
  if (size < 45 * MINUTE) return relativeTime.format(Math.round(distance / MINUTE), "minute");
  if (size < 22 * HOUR) return relativeTime.format(Math.round(distance / HOUR), "hour");
  if (size < 30 * DAY) return relativeTime.format(Math.round(distance / DAY), "day");
  // In UTC, so that server and browser write the same text; the exact time beside it names the person's own zone.
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(at);
}

/** A moment to the second with its zone named: "21 Nov 2026, 07:21:03 CET". Browser only: the zone is the person's. */
export const formatExact = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "long",
    ...(timeZone ? { timeZone } : {}),
  }).format(at);

/** An id shortened in the middle: "0193a1…f09c". Short ones stay whole. */
export const shortenMiddle = (value: string, head = 6, tail = 4): string =>
  value.length <= head + tail + 3 ? value : `${value.slice(0, head)}…${value.slice(-tail)}`;

/** One or two letters for an avatar, from the name or, without one, the address. Works for any script. */
export function initialsOf(name: string, fallback: string): string {
  const words = (name.trim() || fallback).split(/[\s@._-]+/u).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 && name.trim() ? ([...(words[words.length - 1] ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase(LOCALE);
}

/** A day as filters have it: the moment at which it begins in UTC, from `2026-11-21`. */
export const toDayStart = (day: string): string => `${day}T00:00:00.000Z`;

/** The day of a moment in UTC: "21 Nov 2026". What is no moment is given back as it is. */
export function formatDay(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(at);
}

/** A moment to the minute in UTC: "21 Nov 2026, 14:05 UTC". What is no moment is given back as it is. */
export function formatMinute(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  return `${minute.format(at)} UTC`;
}
