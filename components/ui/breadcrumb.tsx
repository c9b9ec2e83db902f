import { ChevronRightIcon } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** The way from the top to this page. */
export function Breadcrumb(props: ComponentProps<"nav">) {
  return <nav aria-label={messages.shell.breadcrumb} data-slot="breadcrumb" {...props} />;
}

/** The ordered steps. */
export function BreadcrumbList({ className, ...props }: ComponentProps<"ol">) {
  return (
    <ol className={cn("flex min-w-0 items-center gap-1.5 text-[13px] text-muted-foreground", className)} {...props} />
  );
}

/** One step. */
export function BreadcrumbItem({ className, ...props }: ComponentProps<"li">) {
  return <li className={cn("inline-flex min-w-0 items-center gap-1.5", className)} {...props} />;
}

/** A step that leads somewhere. */
export function BreadcrumbLink({ asChild, className, ...props }: ComponentProps<"a"> & { asChild?: boolean }) {
  const Component = asChild ? Slot.Root : "a";
  return (
    <Component
      className={cn(
        "truncate rounded-sm outline-none transition-colors duration-150 hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring",
        className,
      )}
      {...props}
    />
  );
}

/** The page one is on. */
export function BreadcrumbPage({ className, ...props }: ComponentProps<"span">) {
  return <span aria-current="page" className={cn("truncate font-medium text-foreground", className)} {...props} />;
}

/** The mark between two steps. */
export function BreadcrumbSeparator({ className }: { className?: string }) {
  return (
    <li aria-hidden="true" className={cn("text-muted-foreground/70", className)}>
      <ChevronRightIcon className="size-3.5 rtl:rotate-180" />
    </li>
  );
}
