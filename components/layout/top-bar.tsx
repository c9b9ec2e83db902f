"use client";

import { SearchIcon } from "lucide-react";

import { AccountMenu } from "@/components/layout/account-menu";
import type { NavigationSection } from "@/components/layout/console-navigation";
import type { ConsoleViewer } from "@/components/layout/console-viewer";
import { NavigationSheet } from "@/components/layout/navigation-sheet";
import { PageBreadcrumb } from "@/components/layout/page-breadcrumb";
import { PaletteKeys } from "@/components/layout/palette-keys";
import { ThemeMenu } from "@/components/layout/theme-menu";
import type { LeaveTenant } from "@/components/members/leave-tenant-dialog";
import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** Properties of the bar above the page. */
export type TopBarProps = {
  sections: readonly NavigationSection[];
  path: string;
  viewer: ConsoleViewer;
  onSignOut: () => Promise<void>;
  onLeaveTenant: LeaveTenant | null;
  onOpenPalette: () => void;
};

/** Where one is, a search from anywhere, the theme and one's own account. */
export function TopBar({ sections, path, viewer, onSignOut, onLeaveTenant, onOpenPalette }: TopBarProps) {
  return (
    <header className="sticky top-(--banner) z-40 flex h-14 print:hidden items-center gap-2 border-b bg-background/90 px-3 backdrop-blur-sm md:px-6">
      <NavigationSheet sections={sections} path={path} />
      <div className="min-w-0 flex-1">
        <PageBreadcrumb sections={sections} path={path} />
      </div>
      <button
        type="button"
        onClick={onOpenPalette}
        aria-keyshortcuts="Meta+K Control+K"
        className="hidden h-8 w-60 items-center gap-2 rounded-md border border-input bg-background px-2.5 text-[13px] text-muted-foreground shadow-xs outline-none transition-colors duration-150 hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring lg:flex dark:bg-input/20"
      >
        <SearchIcon className="size-4" aria-hidden="true" />
        <span className="flex-1 text-start">{messages.shell.search}</span>
        <PaletteKeys />
      </button>
      <Button
        variant="ghost"
        size="icon-sm"
        className="lg:hidden"
        onClick={onOpenPalette}
        aria-label={messages.shell.search}
      >
        <SearchIcon aria-hidden="true" />
      </Button>
      <ThemeMenu />
      <AccountMenu viewer={viewer} onSignOut={onSignOut} onLeaveTenant={onLeaveTenant} />
    </header>
  );
}
