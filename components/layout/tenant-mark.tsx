import { cn } from "@/lib/ui/cn";
import { initialsOf } from "@/lib/ui/format";

/** A tenant's initials, where a mark stands. Decorative: the name stands beside it. */
export function TenantMark({ tenant, className }: { tenant: { slug: string; name: string }; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "flex size-6 shrink-0 select-none items-center justify-center rounded-md bg-selected font-semibold text-[10px] text-primary dark:text-indigo-300",
        className,
      )}
    >
      {initialsOf(tenant.name, tenant.slug)}
    </span>
  );
}
