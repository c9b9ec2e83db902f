import type { SessionEnd } from "@/lib/sessions/end-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.signedOut;

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Why a session is over and what to do about it, in whole sentences; null: nobody knows why. */
export function saySessionEnd(end: SessionEnd | null): { why: string; next: string } {
  if (end === null) return { why: text.why.unknown, next: text.next.usual };
  return { why: sayWhy(end), next: sayNext(end) };
}

function sayWhy({ reason, endedBy, idleSeconds, lastedSeconds, sessionsMax }: SessionEnd): string {
  switch (reason) {
    case "revoked":
      return endedBy === "self" ? text.why.revokedBySelf : text.why.revoked;
    case "idle":
      return idleSeconds === null ? text.why.unknown : text.why.idle(sayLength(idleSeconds));
    case "expired":
      return lastedSeconds === null ? text.why.unknown : text.why.expired(sayLength(lastedSeconds));
    case "cap":
      return text.why.cap(sessionsMax);
    default:
      return text.why[reason];
  }
}

function sayNext({ reason }: SessionEnd): string {
  if (reason === "password_change") return text.next.password;
  const isShutOut = reason === "lock" || reason === "deletion" || reason === "suspended" || reason === "removed";
  return isShutOut ? text.next.ask : text.next.usual;
}

// In the unit in which people say it: 90 minutes, 12 hours, 7 days.
function sayLength(seconds: number): string {
  if (seconds >= DAY && (seconds % DAY === 0 || seconds >= 3 * DAY)) return text.length.days(Math.round(seconds / DAY));
  if (seconds >= HOUR && (seconds % HOUR === 0 || seconds >= 3 * HOUR)) {
    return text.length.hours(Math.round(seconds / HOUR));
  }
  return text.length.minutes(Math.max(1, Math.round(seconds / 60)));
}
