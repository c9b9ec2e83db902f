import { messages } from "@/lib/ui/messages";

const text = messages.sessions.filter.ago;

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The moments that incidents and clean-ups ask for most. */
export const momentPresets = [
  { label: text.quarter, secondsAgo: HOUR_SECONDS / 4 },
  { label: text.hour, secondsAgo: HOUR_SECONDS },
  { label: text.day, secondsAgo: DAY_SECONDS },
  { label: text.week, secondsAgo: 7 * DAY_SECONDS },
  { label: text.month, secondsAgo: 30 * DAY_SECONDS },
];
