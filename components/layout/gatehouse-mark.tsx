import { cn } from "@/lib/ui/cn";

/** The mark of the product: a gate, half open. Decorative; the name stands beside it. */
export function GatehouseMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path
        d="M6.5 18.5V11a5.5 5.5 0 0 1 11 0v7.5"
        fill="none"
        strokeWidth="1.8"
        strokeLinecap="round"
        className="stroke-primary-foreground"
      />
      <path d="M12 8.5v10l-3-1.2v-7.1z" className="fill-primary-foreground" />
    </svg>
  );
}
