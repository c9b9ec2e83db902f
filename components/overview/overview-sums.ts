import type { OverviewHour } from "@/lib/overview/schemas";

/** What a day's hours come to. */
export type OverviewSums = { signedIn: number; signInsFailed: number; denied: number; failed: number; capped: boolean };

/** The figures of a day; `capped` where one of its hours held more than was looked through. */
export function sumHours(hours: readonly OverviewHour[]): OverviewSums {
  const sum = (figure: "signedIn" | "signInsFailed" | "denied" | "failed") =>
    hours.reduce((total, hour) => total + hour[figure], 0);
  return {
    signedIn: sum("signedIn"),
    signInsFailed: sum("signInsFailed"),
    denied: sum("denied"),
    failed: sum("failed"),
    capped: hours.some(({ capped }) => capped),
  };
}

/** The part of the audit log behind a figure, as a place within the scope. */
export const logPath = (filters: Record<string, string>): string => `/audit?${new URLSearchParams(filters)}`;

/** The hour of a moment in UTC: "14:00". In UTC, so that server and browser write the same. */
export const hourOf = (moment: string): string => `${moment.slice(11, 13)}:00`;
