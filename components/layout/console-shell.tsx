"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";

import { StepUpProvider } from "@/components/feedback/step-up-provider";
import { CommandPalette } from "@/components/layout/command-palette";
import { navigationOf } from "@/components/layout/console-navigation";
import type { ConsoleViewer } from "@/components/layout/console-viewer";
import { PreferencesProvider } from "@/components/layout/preferences-provider";
import { Sidebar } from "@/components/layout/sidebar";
import { TopBar } from "@/components/layout/top-bar";
import type { LeaveTenant } from "@/components/members/leave-tenant-dialog";
import { type ScopeChoices, ScopeChoicesProvider } from "@/components/scope/scope-choices";
import { ScopeProvider } from "@/components/scope/scope-provider";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";
import type { Preferences } from "@/lib/ui/preferences";
import type { ConsoleScope } from "@/lib/ui/scope-path";

/** Properties of the console's frame. */
export type ConsoleShellProps = {
  scope: ConsoleScope;
  /** The scopes that the viewer may change to. */
  choices: ScopeChoices;
  viewer: ConsoleViewer;
  /** From `parsePreferences` of the request's cookie. */
  preferences: Preferences;
  /** Ends the viewer's own session and leads to the sign-in page. */
  onSignOut: () => Promise<void>;
  /** Ends the viewer's membership of the scope's tenant; null where there is none. */
  onLeaveTenant: LeaveTenant | null;
  /** Stands above everything while it is true (impersonation, degraded stores) and cannot be dismissed. */
  banner?: ReactNode;
  /** As the banner, for what takes more words: it stands in the page's flow and scrolls away with its head. */
  notice?: ReactNode;
  children: ReactNode;
};

/** Sidebar, top bar and the page between them, for one scope. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { scope, choices, viewer, preferences } = props;
  return (
    <PreferencesProvider initial={preferences}>
      <ScopeProvider scope={scope}>
        <ScopeChoicesProvider choices={choices}>
          <StepUpProvider email={viewer.user.email}>
            <Frame {...props} />
          </StepUpProvider>
        </ScopeChoicesProvider>
      </ScopeProvider>
    </PreferencesProvider>
  );
}

function Frame({ scope, viewer, onSignOut, onLeaveTenant, banner, notice, children }: ConsoleShellProps) {
  const path = usePathname();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const sections = useMemo(() => navigationOf(scope, viewer), [scope, viewer]);
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 print:hidden -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground text-sm focus:translate-y-0"
      >
        {messages.shell.skip}
      </a>
      {banner}
      {notice}
      {/* What sticks to the top below a banner starts under it, and keeps to the height that is left. */}
      <div
        className={cn(
          "flex min-h-[calc(100dvh-var(--banner))] [--banner:0px]",
          banner && "[--banner:4rem] md:[--banner:2.5rem]",
        )}
      >
        <Sidebar sections={sections} path={path} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar
            sections={sections}
            path={path}
            viewer={viewer}
            onSignOut={onSignOut}
            onLeaveTenant={onLeaveTenant}
            onOpenPalette={() => setPaletteOpen(true)}
          />
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1600px] flex-1 p-4 outline-none md:p-6">
            {children}
          </main>
        </div>
      </div>
      <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} sections={sections} />
    </>
  );
}
