import { filterPhrases, type SessionFilterValues } from "@/components/sessions/filter-words";
import type { RoleChoice } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.filter;

type FilterWordsListProps = {
  filter: SessionFilterValues;
  /** Whose sessions all of them are, where nothing narrows: the tenant's name, or null for the platform. */
  tenantName: string | null;
  roles?: readonly RoleChoice[];
};

/** A filter in words, for people to check: every condition holds at once; none means everything in the scope. */
export function FilterWordsList({ filter, tenantName, roles = [] }: FilterWordsListProps) {
  const phrases = filterPhrases(filter, roles);
  if (phrases.length === 0) {
    return (
      <p className="font-medium">
        {tenantName === null ? text.everythingOfPlatform : text.everythingOfTenant(tenantName)}
      </p>
    );
  }
  return (
    <ul className="flex flex-wrap gap-1.5 text-[13px]">
      {phrases.map(({ parameter, condition, value }) => (
        <li
          key={parameter}
          className="inline-flex min-h-7 max-w-full flex-wrap items-center gap-x-1.5 rounded-md border bg-muted/50 px-2 py-0.5"
        >
          <span className="text-muted-foreground">{condition}</span>
          <bdi className="min-w-0 break-words font-medium">{value}</bdi>
        </li>
      ))}
    </ul>
  );
}
