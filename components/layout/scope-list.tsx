"use client";

import { CheckIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";

import { GatehouseMark } from "@/components/layout/gatehouse-mark";
import { usePreferences } from "@/components/layout/preferences-provider";
import { TenantMark } from "@/components/layout/tenant-mark";
import { useTenantSearch } from "@/components/layout/use-tenant-search";
import { type TenantChoice, useScopeChoices } from "@/components/scope/scope-choices";
import { useScope } from "@/components/scope/scope-provider";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { messages } from "@/lib/ui/messages";
import { scopePath, slugOf } from "@/lib/ui/scope-path";

const text = messages.shell;
const RECENT_MAX = 8;

/** The scopes to change to: the platform for its people, then tenants, those used lately first. */
export function ScopeList({ onChoose }: { onChoose: () => void }) {
  const router = useRouter();
  const current = slugOf(useScope());
  const { platform } = useScopeChoices();
  const { preferences, update } = usePreferences();
  const search = useTenantSearch(preferences.recentTenants);
  const go = (slug: string | null) => {
    if (slug !== null) {
      const others = preferences.recentTenants.filter((recent) => recent !== slug);
      update((all) => ({ ...all, recentTenants: [slug, ...others].slice(0, RECENT_MAX) }));
    }
    onChoose();
    router.push(scopePath(slug));
  };
  return (
    <Command label={text.scope} shouldFilter={!search.onServer} loop>
      <CommandInput value={search.text} onValueChange={search.setText} placeholder={text.findTenant} autoFocus />
      <CommandList aria-busy={search.pending}>
        <CommandEmpty>{search.failed ? text.tenantsFailed : text.noTenantFound}</CommandEmpty>
        {platform && search.text === "" ? (
          <CommandGroup>
            <ScopeItem value="platform" isCurrent={current === null} onSelect={() => go(null)}>
              <GatehouseMark className="size-6!" />
              <Names name={text.platform} note={text.platformHint} />
            </ScopeItem>
          </CommandGroup>
        ) : null}
        {search.tenants.length > 0 ? (
          <CommandGroup heading={text.tenants}>
            {search.tenants.map((tenant) => (
              <ScopeItem
                key={tenant.slug}
                value={`${tenant.name} ${tenant.slug}`}
                isCurrent={current === tenant.slug}
                onSelect={() => go(tenant.slug)}
              >
                <TenantMark tenant={tenant} />
                <Names name={tenant.name} note={noteOf(tenant)} />
              </ScopeItem>
            ))}
          </CommandGroup>
        ) : null}
      </CommandList>
    </Command>
  );
}

const noteOf = ({ slug, note }: TenantChoice): string => (note ? `${slug} · ${note}` : slug);

type ScopeItemProps = { value: string; isCurrent: boolean; onSelect: () => void; children: ReactNode };

function ScopeItem({ value, isCurrent, onSelect, children }: ScopeItemProps) {
  return (
    <CommandItem value={value} onSelect={onSelect} aria-current={isCurrent ? "true" : undefined}>
      {children}
      {isCurrent ? <CheckIcon className="ml-auto" aria-hidden="true" /> : null}
    </CommandItem>
  );
}

function Names({ name, note }: { name: string; note: string }) {
  return (
    <span className="flex min-w-0 flex-col">
      <bdi className="truncate">{name}</bdi>
      <span className="truncate text-muted-foreground text-xs">{note}</span>
    </span>
  );
}
