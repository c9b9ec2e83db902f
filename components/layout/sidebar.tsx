"use client";

import { PanelLeftCloseIcon, PanelLeftOpenIcon } from "lucide-react";

import type { NavigationSection } from "@/components/layout/console-navigation";
import { NavigationList } from "@/components/layout/navigation-list";
import { usePreferences } from "@/components/layout/preferences-provider";
import { ScopeSwitcher } from "@/components/layout/scope-switcher";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** Properties of the navigation at the side. */
export type SidebarProps = { sections: readonly NavigationSection[]; path: string };

/** The navigation at the side, from tablets up; collapses to icons and remembers it. */
export function Sidebar({ sections, path }: SidebarProps) {
  const { preferences, update } = usePreferences();
  const collapsed = preferences.sidebar === "collapsed";
  const toggle = () => update((all) => ({ ...all, sidebar: collapsed ? "open" : "collapsed" }));
  const label = collapsed ? messages.shell.expand : messages.shell.collapse;
  const Icon = collapsed ? PanelLeftOpenIcon : PanelLeftCloseIcon;
  return (
    <aside
      data-collapsed={collapsed}
      className={cn(
        "sticky top-(--banner) hidden h-[calc(100dvh-var(--banner))] shrink-0 flex-col border-sidebar-border print:hidden! border-r bg-sidebar text-sidebar-foreground transition-[width] duration-150 md:flex",
        collapsed ? "w-14" : "w-60",
      )}
    >
      <div className="flex h-14 items-center px-2">
        <ScopeSwitcher collapsed={collapsed} />
      </div>
      <NavigationList sections={sections} path={path} collapsed={collapsed} />
      <div className={cn("mt-auto p-2", collapsed && "flex justify-center")}>
        <Tooltip label={label} side="right">
          <Button
            variant="ghost"
            size="icon-sm"
            onClick={toggle}
            aria-label={label}
            aria-expanded={!collapsed}
            className="text-muted-foreground hover:bg-sidebar-accent"
          >
            <Icon aria-hidden="true" />
          </Button>
        </Tooltip>
      </div>
    </aside>
  );
}
