"use client";

import { ArrowLeftIcon, MonitorSmartphoneIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

import { leave } from "@/components/auth/signed-in-shell";
import { StepUpProvider } from "@/components/feedback/step-up-provider";
import { AccountMenu } from "@/components/layout/account-menu";
import { itemOfPath, type NavigationSection } from "@/components/layout/console-navigation";
import { GatehouseMark } from "@/components/layout/gatehouse-mark";
import { NavigationList } from "@/components/layout/navigation-list";
import { PreferencesProvider } from "@/components/layout/preferences-provider";
import { ThemeMenu } from "@/components/layout/theme-menu";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";
import type { Preferences } from "@/lib/ui/preferences";

const text = messages.account;

const sections: readonly NavigationSection[] = [
  { items: [{ href: "/account/sessions", label: text.page.sessions, icon: MonitorSmartphoneIcon }] },
];

/** Properties of the frame around the pages of one's own account. */
export type AccountShellProps = {
  user: { id: string; name: string; email: string };
  preferences: Preferences;
  /** Stands above everything while it is true (impersonation) and cannot be dismissed. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The frame of one's own account: it belongs to no scope, so it has none to choose, and leads back to the console. */
export function AccountShell({ user, preferences, banner, children }: AccountShellProps) {
  return (
    <PreferencesProvider initial={preferences}>
      <StepUpProvider email={user.email}>
        <a
          href="#content"
          className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground text-sm focus:translate-y-0"
        >
          {messages.shell.skip}
        </a>
        {banner}
        <div
          className={cn(
            "flex min-h-[calc(100dvh-var(--banner))] [--banner:0px]",
            banner && "[--banner:4rem] md:[--banner:2.5rem]",
          )}
        >
          <AccountSidebar />
          <div className="flex min-w-0 flex-1 flex-col">
            <AccountBar user={user} />
            <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 p-4 outline-none md:p-6">
              {children}
            </main>
          </div>
        </div>
      </StepUpProvider>
    </PreferencesProvider>
  );
}

function AccountSidebar() {
  const path = usePathname();
  return (
    <aside className="sticky top-(--banner) hidden h-[calc(100dvh-var(--banner))] w-60 shrink-0 flex-col border-sidebar-border border-r bg-sidebar text-sidebar-foreground md:flex print:hidden!">
      <p className="flex h-14 items-center gap-2.5 px-4">
        <GatehouseMark />
        <span className="truncate font-semibold text-[13px] text-foreground">{text.title}</span>
      </p>
      <NavigationList sections={sections} path={path} />
      <Link
        href="/"
        prefetch={false}
        className="m-2 mt-auto flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] text-muted-foreground outline-none transition-colors duration-150 hover:bg-sidebar-accent focus-visible:ring-2 focus-visible:ring-ring"
      >
        <ArrowLeftIcon className="size-4 rtl:rotate-180" aria-hidden="true" />
        {text.console}
      </Link>
    </aside>
  );
}

function AccountBar({ user }: Pick<AccountShellProps, "user">) {
  const current = itemOfPath(sections, usePathname());
  return (
    <header className="sticky top-(--banner) z-40 flex h-14 items-center gap-2 border-b bg-background/90 px-3 backdrop-blur-sm md:px-6 print:hidden">
      <Link
        href="/"
        prefetch={false}
        aria-label={text.console}
        className="flex size-8 items-center justify-center rounded-md text-muted-foreground outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring md:hidden"
      >
        <ArrowLeftIcon className="size-4 rtl:rotate-180" aria-hidden="true" />
      </Link>
      <p className="min-w-0 flex-1 truncate text-[13px]">
        <span className="text-muted-foreground max-sm:sr-only">{text.title} / </span>
        {current?.label}
      </p>
      <ThemeMenu />
      <AccountMenu viewer={{ user, roles: [], permissions: [] }} onSignOut={leave} onLeaveTenant={null} />
    </header>
  );
}
