"use client";

import Link from "next/link";
import { useId } from "react";

import { itemOfPath, type NavigationItem, type NavigationSection } from "@/components/layout/console-navigation";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** Properties of the list of places. `onNavigate` is called when one is chosen. */
export type NavigationListProps = {
  sections: readonly NavigationSection[];
  path: string;
  collapsed?: boolean;
  onNavigate?: () => void;
};

/** The places of the console, in their sections. */
export function NavigationList({ sections, path, collapsed = false, onNavigate }: NavigationListProps) {
  const current = itemOfPath(sections, path);
  return (
    <nav aria-label={messages.shell.navigation} className="flex flex-col gap-4 overflow-y-auto px-2 py-1">
      {sections.map((section) => (
        <NavigationGroup key={section.label ?? "top"} label={section.label} collapsed={collapsed}>
          {section.items.map((item) => (
            <li key={item.href}>
              <NavigationLink
                item={item}
                isCurrent={item === current}
                isExact={item.href === path}
                collapsed={collapsed}
                onNavigate={onNavigate}
              />
            </li>
          ))}
        </NavigationGroup>
      ))}
    </nav>
  );
}

function NavigationGroup({
  label,
  collapsed,
  children,
}: {
  label: string | undefined;
  collapsed: boolean;
  children: React.ReactNode;
}) {
  const labelId = useId();
  return (
    <div className={cn("flex flex-col gap-0.5", collapsed && label && "border-sidebar-border border-t pt-3")}>
      {label ? (
        <p id={labelId} className={cn("px-2 pb-1 font-medium text-muted-foreground text-xs", collapsed && "sr-only")}>
          {label}
        </p>
      ) : null}
      <ul aria-labelledby={label ? labelId : undefined} className="flex flex-col gap-0.5">
        {children}
      </ul>
    </div>
  );
}

type NavigationLinkProps = {
  item: NavigationItem;
  isCurrent: boolean;
  isExact: boolean;
  collapsed: boolean;
  onNavigate: (() => void) | undefined;
};

function NavigationLink({ item, isCurrent, isExact, collapsed, onNavigate }: NavigationLinkProps) {
  const link = (
    <Link
      href={item.href}
      onClick={onNavigate}
      aria-current={isExact ? "page" : isCurrent ? "true" : undefined}
      className={cn(
        "flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] outline-none transition-colors duration-150 hover:bg-sidebar-accent hover:text-sidebar-accent-foreground focus-visible:ring-2 focus-visible:ring-ring max-md:h-10 max-md:text-sm",
        isCurrent && "bg-sidebar-accent font-medium text-sidebar-accent-foreground",
        collapsed && "size-10 justify-center p-0",
      )}
    >
      <item.icon
        aria-hidden="true"
        className={cn("size-4 shrink-0", isCurrent ? "text-primary dark:text-indigo-300" : "text-muted-foreground")}
      />
      <span className={cn("truncate", collapsed && "sr-only")}>{item.label}</span>
    </Link>
  );
  if (!collapsed) return link;
  return (
    <Tooltip label={item.label} side="right">
      {link}
    </Tooltip>
  );
}
