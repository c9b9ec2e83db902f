"use client";

import { ChevronsUpDownIcon } from "lucide-react";

import { GatehouseMark } from "@/components/layout/gatehouse-mark";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.shell;

/** Which part of the installation one looks at: the platform, and later each tenant. */
export function ScopeSwitcher({ collapsed = false }: { collapsed?: boolean }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${text.scope}: ${text.platform}`}
        className={cn(
          "flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-start outline-none transition-colors duration-150 hover:bg-sidebar-accent focus-visible:ring-2 focus-visible:ring-ring data-[state=open]:bg-sidebar-accent",
          collapsed && "justify-center px-0",
        )}
      >
        <GatehouseMark />
        {collapsed ? null : (
          <>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-semibold text-[13px] text-foreground leading-4">Gatehouse</span>
              <span className="truncate text-muted-foreground text-xs leading-4">{text.platform}</span>
            </span>
            <ChevronsUpDownIcon className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-56">
        <DropdownMenuLabel>{text.scope}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value="platform">
          <DropdownMenuRadioItem value="platform">
            <span className="flex flex-col">
              {text.platform}
              <span className="text-muted-foreground text-xs">{text.platformHint}</span>
            </span>
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
