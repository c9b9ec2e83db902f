"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";

import { CommandPalette } from "@/components/layout/command-palette";
import { platformNavigation, visibleNavigation } from "@/components/layout/console-navigation";
import type { ConsoleViewer } from "@/components/layout/console-viewer";
import { PreferencesProvider } from "@/components/layout/preferences-provider";
import { Sidebar } from "@/components/layout/sidebar";
import { TopBar } from "@/components/layout/top-bar";
import { messages } from "@/lib/ui/messages";
import type { Preferences } from "@/lib/ui/preferences";

/** Properties of the console's frame. */
export type ConsoleShellProps = {
  viewer: ConsoleViewer;
  /** From `parsePreferences` of the request's cookie. */
  preferences: Preferences;
  /** Ends the viewer's own session and leads to the sign-in page. */
  onSignOut: () => Promise<void>;
  /** Stands above everything while it is true (impersonation, degraded stores) and cannot be dismissed. */
  banner?: ReactNode;
  children: ReactNode;
};

/** Sidebar, top bar and the page between them. */
export function ConsoleShell({ viewer, preferences, onSignOut, banner, children }: ConsoleShellProps) {
  const path = usePathname();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const sections = useMemo(() => visibleNavigation(platformNavigation, viewer), [viewer]);
  return (
    <PreferencesProvider initial={preferences}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground text-sm focus:translate-y-0"
      >
        {messages.shell.skip}
      </a>
      {banner}
      <div className="flex min-h-dvh">
        <Sidebar sections={sections} path={path} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar
            sections={sections}
            path={path}
            viewer={viewer}
            onSignOut={onSignOut}
            onOpenPalette={() => setPaletteOpen(true)}
          />
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1600px] flex-1 p-4 outline-none md:p-6">
            {children}
          </main>
        </div>
      </div>
      <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} sections={sections} />
    </PreferencesProvider>
  );
}
