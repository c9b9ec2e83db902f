"use client";

import { ChevronsUpDownIcon } from "lucide-react";
import { useState } from "react";
import { GatehouseMark } from "@/components/layout/gatehouse-mark";
import { ScopeList } from "@/components/layout/scope-list";
import { TenantMark } from "@/components/layout/tenant-mark";
import { useScope } from "@/components/scope/scope-provider";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.shell;

/** Which part of the installation one looks at: the platform, or one tenant. Changing it never widens what one may do. */
export function ScopeSwitcher({ collapsed = false, onChoose }: { collapsed?: boolean; onChoose?: () => void }) {
  const [open, setOpen] = useState(false);
  const scope = useScope();
  const name = scope.kind === "tenant" ? scope.name : text.platform;
  const close = () => {
    setOpen(false);
    onChoose?.();
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        aria-label={`${text.scope}: ${name}`}
        className={cn(
          "flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-start outline-none transition-colors duration-150 hover:bg-sidebar-accent focus-visible:ring-2 focus-visible:ring-ring data-[state=open]:bg-sidebar-accent",
          collapsed && "justify-center px-0",
        )}
      >
        {scope.kind === "tenant" ? <TenantMark tenant={scope} /> : <GatehouseMark />}
        {collapsed ? null : (
          <>
            <span className="flex min-w-0 flex-1 flex-col">
              <bdi className="truncate font-semibold text-[13px] text-foreground leading-4">
                {scope.kind === "tenant" ? scope.name : "Gatehouse"}
              </bdi>
              <span className="truncate text-muted-foreground text-xs leading-4">
                {scope.kind === "tenant" ? text.tenant : text.platform}
              </span>
            </span>
            <ChevronsUpDownIcon className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
          </>
        )}
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72 p-0" aria-label={text.scope}>
        <ScopeList onChoose={close} />
      </PopoverContent>
    </Popover>
  );
}
