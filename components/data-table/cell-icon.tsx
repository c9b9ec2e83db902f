import type { LucideIcon } from "lucide-react";

/** The picture of what a row is, in the place where a person's row has their initials; decorative. */
export function CellIcon({ icon: Icon }: { icon: LucideIcon }) {
  return (
    <span className="flex size-7 shrink-0 items-center justify-center rounded-md border bg-muted/60 text-muted-foreground">
      <Icon className="size-4" aria-hidden="true" />
    </span>
  );
}
