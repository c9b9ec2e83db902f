import { GlobeIcon, KeyRoundIcon, type LucideIcon, RouteIcon, TerminalIcon, UserIcon, UsersIcon } from "lucide-react";
import { CellIcon } from "@/components/data-table/cell-icon";

import { subjectName, subjectNote, subjectPlaces } from "@/components/rate-limits/rate-limit-words";
import { ScopeLink } from "@/components/scope/scope-link";
import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";
import { cn } from "@/lib/ui/cn";

const icons: Record<RateLimitSubject["dimension"], LucideIcon> = {
  account: UserIcon,
  address: GlobeIcon,
  tenant: UsersIcon,
  caller: KeyRoundIcon,
  "caller-operation": TerminalIcon,
  path: RouteIcon,
};

/** Whom a row is about: what kind of thing, its name, and for an account the way to it. */
export function SubjectName({ subject, note = true }: { subject: RateLimitSubject; note?: boolean }) {
  const { account } = subjectPlaces(subject);
  const name = (
    <bdi className={cn("block truncate", !account && subject.dimension !== "tenant" && "font-mono text-[12px]")}>
      {subjectName(subject)}
    </bdi>
  );
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <CellIcon icon={icons[subject.dimension]} />
      <span className="flex min-w-0 flex-col leading-[1.15rem]">
        {account ? (
          <ScopeLink
            href={account}
            prefetch={false}
            className="min-w-0 rounded-sm font-medium underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
          >
            {name}
          </ScopeLink>
        ) : (
          name
        )}
        {note ? <bdi className="truncate text-muted-foreground text-xs">{subjectNote(subject)}</bdi> : null}
      </span>
    </span>
  );
}
