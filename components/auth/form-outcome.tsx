import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Properties of what stands in the place of a form once it has been sent. */
export type FormOutcomeProps = {
  icon: LucideIcon;
  title: ReactNode;
  body: ReactNode;
  /** Where to get on. */
  children: ReactNode;
};

/** Says what a form has done; announced when it appears. */
export function FormOutcome({ icon: Icon, title, body, children }: FormOutcomeProps) {
  return (
    <div className="flex flex-col items-center gap-3 text-center">
      <span className="flex size-10 items-center justify-center rounded-lg border bg-success/10 text-success">
        <Icon className="size-5" aria-hidden="true" />
      </span>
      <div role="status" className="flex flex-col gap-1">
        <p className="font-medium text-sm">{title}</p>
        <p className="text-muted-foreground text-sm [overflow-wrap:anywhere]">{body}</p>
      </div>
      {children}
    </div>
  );
}
