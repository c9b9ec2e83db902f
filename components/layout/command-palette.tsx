"use client";

import { SearchIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

import type { NavigationSection } from "@/components/layout/console-navigation";
import { TenantMark } from "@/components/layout/tenant-mark";
import { useScopeChoices } from "@/components/scope/scope-choices";
import { useScopePath } from "@/components/scope/scope-provider";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.shell;

/** Properties of the command palette. */
export type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  sections: readonly NavigationSection[];
};

/** Go anywhere, or search for a user, without the mouse: ⌘K or Ctrl+K. */
export function CommandPalette({ open, onOpenChange, sections }: CommandPaletteProps) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [open, onOpenChange]);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent className="gap-0 p-0 sm:top-[15vh] sm:translate-y-0 sm:p-0">
        <DialogTitle className="sr-only">{text.palette}</DialogTitle>
        <DialogDescription className="sr-only">{text.paletteHint}</DialogDescription>
        <PaletteContent sections={sections} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function PaletteContent({ sections, onClose }: { sections: readonly NavigationSection[]; onClose: () => void }) {
  const router = useRouter();
  const { tenants } = useScopeChoices();
  const [typed, setTyped] = useState("");
  const query = typed.trim();
  const pathOf = useScopePath();
  const usersPath = pathOf("/users");
  const places = sections.flatMap((section) => section.items);
  const offersSearch = query !== "" && places.some((place) => place.href === usersPath);
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  return (
    <Command label={text.palette} loop>
      <CommandInput value={typed} onValueChange={setTyped} placeholder={text.search} className="h-12 pr-10" autoFocus />
      <CommandList>
        {offersSearch ? null : <CommandEmpty>{text.paletteEmpty}</CommandEmpty>}
        <CommandGroup heading={text.goTo}>
          {places.map((place) => (
            <CommandItem key={place.href} value={place.label} onSelect={() => go(place.href)}>
              <place.icon aria-hidden="true" />
              {place.label}
            </CommandItem>
          ))}
        </CommandGroup>
        {tenants.length > 0 ? (
          <CommandGroup heading={text.tenants}>
            {tenants.map((tenant) => (
              <CommandItem
                key={tenant.slug}
                value={`${tenant.name} ${tenant.slug}`}
                onSelect={() => go(scopePath(tenant.slug))}
              >
                <TenantMark tenant={tenant} className="size-5" />
                <bdi className="truncate">{tenant.name}</bdi>
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
        {offersSearch ? (
          <CommandGroup heading={text.page.users} forceMount>
            <CommandItem
              forceMount
              value={`search ${query}`}
              onSelect={() => go(`${usersPath}?search=${encodeURIComponent(query)}`)}
            >
              <SearchIcon aria-hidden="true" />
              <span className="truncate">{text.searchUsers(query)}</span>
            </CommandItem>
          </CommandGroup>
        ) : null}
      </CommandList>
    </Command>
  );
}
