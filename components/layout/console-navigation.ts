import {
  FileCheckIcon,
  type LucideIcon,
  MailIcon,
  MonitorSmartphoneIcon,
  ScrollTextIcon,
  UsersIcon,
} from "lucide-react";

import type { ConsoleViewer } from "@/components/layout/console-viewer";
import { messages } from "@/lib/ui/messages";

const { page, section, detail } = messages.shell;

/** One place of the console. `permission` hides it from those who could only see a 404 there. */
export type NavigationItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  permission?: string;
  /** What a page below it is called in the breadcrumb. */
  detail?: string;
};

/** Places that belong together; a section without a label has no heading. */
export type NavigationSection = { label?: string; items: readonly NavigationItem[] };

/** The places of the platform's console. */
export const platformNavigation: readonly NavigationSection[] = [
  {
    label: section.directory,
    items: [
      {
        href: "/platform/users",
        label: page.users,
        icon: UsersIcon,
        permission: "users.read",
        detail: detail.users,
      },
    ],
  },
  {
    label: section.security,
    items: [
      {
        href: "/platform/sessions",
        label: page.sessions,
        icon: MonitorSmartphoneIcon,
        permission: "sessions.read",
        detail: detail.sessions,
      },
      {
        href: "/platform/receipts",
        label: page.receipts,
        icon: FileCheckIcon,
        permission: "receipts.read",
        detail: detail.receipts,
      },
      {
        href: "/platform/audit",
        label: page.audit,
        icon: ScrollTextIcon,
        permission: "audit.read",
        detail: detail.audit,
      },
    ],
  },
  {
    label: section.settings,
    items: [
      {
        href: "/platform/mailbox",
        label: page.mailbox,
        icon: MailIcon,
        permission: "mailbox.read",
        detail: detail.mailbox,
      },
    ],
  },
];

/** The sections with only what the viewer may read; empty sections are gone. */
export function visibleNavigation(
  sections: readonly NavigationSection[],
  viewer: ConsoleViewer,
): readonly NavigationSection[] {
  return sections
    .map((entry) => ({
      ...entry,
      items: entry.items.filter(({ permission }) => !permission || viewer.permissions.includes(permission)),
    }))
    .filter((entry) => entry.items.length > 0);
}

/** The place that a path belongs to: the one with the longest address that the path begins with. */
export function itemOfPath(sections: readonly NavigationSection[], path: string): NavigationItem | undefined {
  return sections
    .flatMap((entry) => entry.items)
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
