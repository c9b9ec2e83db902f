import { LaptopIcon, type LucideIcon, MonitorSmartphoneIcon, SmartphoneIcon, TabletIcon, TvIcon } from "lucide-react";

import type { Session } from "@/lib/sessions/schemas";
import { formatDuration } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions;
const regions = new Intl.DisplayNames("en", { type: "region" });
const icons: Record<string, LucideIcon> = {
  desktop: LaptopIcon,
  mobile: SmartphoneIcon,
  tablet: TabletIcon,
  tv: TvIcon,
};

/** The device in words: "Firefox on Linux". */
export function deviceName({ browser, os }: Pick<Session, "browser" | "os">): string {
  if (browser && os) return text.on(browser, os);
  return browser ?? os ?? text.unknownDevice;
}

/** The picture of the kind of device. */
export const deviceIcon = ({ device }: Pick<Session, "device">): LucideIcon =>
  icons[device ?? ""] ?? MonitorSmartphoneIcon;

/** A country's name for its two-letter code; the code itself where it has none. */
export function countryName(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** How somebody signed in, in words. */
export const methodName = (method: string): string => text.method[method] ?? method;

/** Why a session ended, in words. */
export const endReasonName = (reason: string | null): string =>
  reason === null ? "–" : (text.endReason[reason] ?? reason);

/** Whose session it is: the name, or the address, or that the account is gone (the history outlives it). */
export const ownerName = ({ user }: Pick<Session, "user">): string => user.name || user.email || text.deletedUser;

/** The session in words, for names of rows and dialogs: "Firefox on Linux, ada@example.com". */
export const sessionName = (session: Session): string =>
  `${deviceName(session)}, ${session.user.email ?? text.deletedUser}`;

/** How long an ended session lasted: "4 d 3 h"; a dash while it lives. */
export function lastedInWords({ createdAt, endedAt }: Pick<Session, "createdAt" | "endedAt">): string {
  if (endedAt === null) return "–";
  return formatDuration((Date.parse(endedAt) - Date.parse(createdAt)) / 1000);
}

/** How strongly the person proved who they are, in words; the number where there is no word for it. */
export const levelName = (level: number): string => text.levelHint[level] ?? String(level);

/** Who ended it: a person's name, or what acted where nobody did; null where nobody is named. */
export function endedByName({ endedBy }: Pick<Session, "endedBy">): string | null {
  if (endedBy === null) return null;
  const kind = messages.audit.actor[endedBy.type];
  return kind && endedBy.name === endedBy.type ? kind : endedBy.name;
}
