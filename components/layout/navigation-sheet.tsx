"use client";

import { MenuIcon } from "lucide-react";
import { useState } from "react";

import { NavigationList, type NavigationListProps } from "@/components/layout/navigation-list";
import { ScopeSwitcher } from "@/components/layout/scope-switcher";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from "@/components/ui/sheet";
import { messages } from "@/lib/ui/messages";

/** The navigation on a phone: a sheet behind a button. */
export function NavigationSheet({ sections, path }: Pick<NavigationListProps, "sections" | "path">) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon-sm" className="md:hidden" aria-label={messages.shell.openNavigation}>
          <MenuIcon aria-hidden="true" />
        </Button>
      </SheetTrigger>
      <SheetContent side="start" aria-describedby={undefined} className="w-72 bg-sidebar text-sidebar-foreground">
        <SheetTitle className="sr-only">{messages.shell.navigation}</SheetTitle>
        <div className="flex h-14 items-center pr-12 pl-2">
          <ScopeSwitcher onChoose={() => setOpen(false)} />
        </div>
        <NavigationList sections={sections} path={path} onNavigate={() => setOpen(false)} />
      </SheetContent>
    </Sheet>
  );
}
