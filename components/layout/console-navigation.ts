import {
  BuildingIcon,
  FileCheckIcon,
  GaugeIcon,
  Grid3x3Icon,
  KeyRoundIcon,
  LayoutDashboardIcon,
  type LucideIcon,
  MailIcon,
  MailPlusIcon,
  MonitorSmartphoneIcon,
  ScrollTextIcon,
  Settings2Icon,
  ShieldIcon,
  UserRoundCheckIcon,
  UsersIcon,
} from "lucide-react";

import type { ConsoleViewer } from "@/components/layout/console-viewer";
import { messages } from "@/lib/ui/messages";
import { type ConsoleScope, scopePath, slugOf } from "@/lib/ui/scope-path";

const { page, section, detail } = messages.shell;

/** One place of the console. `permission` hides it from those who could only see a 404 there. */
export type NavigationItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  permission?: string;
  /** What a page below it is called in the breadcrumb. */
  detail?: string;
  /** The one scope in which the place exists; absent: in both. */
  only?: ConsoleScope["kind"];
};

/** Places that belong together; a section without a label has no heading. */
export type NavigationSection = { label?: string; items: readonly NavigationItem[] };

// Addresses here are places within a scope: `/users`.
const places: readonly NavigationSection[] = [
  { items: [{ href: "", label: page.overview, icon: LayoutDashboardIcon }] },
  {
    label: section.directory,
    items: [
      { href: "/users", label: page.users, icon: UsersIcon, permission: "users.read", detail: detail.users },
      {
        href: "/tenants",
        label: page.tenants,
        icon: BuildingIcon,
        permission: "tenants.read",
        detail: detail.tenants,
        only: "platform",
      },
      { href: "/members", label: page.members, icon: UserRoundCheckIcon, permission: "users.read", only: "tenant" },
      {
        href: "/invitations",
        label: page.invitations,
        icon: MailPlusIcon,
        permission: "invitations.read",
        only: "tenant",
      },
      { href: "/roles", label: page.roles, icon: ShieldIcon, permission: "roles.read", detail: detail.roles },
      { href: "/permissions", label: page.permissions, icon: Grid3x3Icon, permission: "roles.read" },
    ],
  },
  {
    label: section.security,
    items: [
      {
        href: "/sessions",
        label: page.sessions,
        icon: MonitorSmartphoneIcon,
        permission: "sessions.read",
        detail: detail.sessions,
      },
      {
        href: "/receipts",
        label: page.receipts,
        icon: FileCheckIcon,
        permission: "receipts.read",
        detail: detail.receipts,
      },
      { href: "/rate-limits", label: page.rateLimits, icon: GaugeIcon, permission: "rate-limits.read" },
      { href: "/audit", label: page.audit, icon: ScrollTextIcon, permission: "audit.read", detail: detail.audit },
    ],
  },
  {
    label: section.settings,
    items: [
      { href: "/api-keys", label: page.apiKeys, icon: KeyRoundIcon, permission: "api-keys.read" },
      { href: "/settings", label: page.settings, icon: Settings2Icon, permission: "settings.read" },
      {
        href: "/mailbox",
        label: page.mailbox,
        icon: MailIcon,
        permission: "mailbox.read",
        detail: detail.mailbox,
        only: "platform",
      },
    ],
  },
];

/** The places of a scope that the viewer may read, with their addresses; empty sections are gone. */
export function navigationOf(scope: ConsoleScope, viewer: ConsoleViewer): readonly NavigationSection[] {
  const isOpen = ({ only, permission }: NavigationItem) =>
    (!only || only === scope.kind) && (!permission || viewer.permissions.includes(permission));
  return places
    .map((entry) => ({
      ...entry,
      items: entry.items.filter(isOpen).map((item) => ({ ...item, href: scopePath(slugOf(scope), item.href) })),
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
