import type { ReactNode } from "react";

import { ErrorState } from "@/components/feedback/error-state";
import { ScopeLink } from "@/components/scope/scope-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

type PartCardProps<Part> = {
  title: string;
  part: ActionResult<Part>;
  /** What to say when it could not be read. */
  failed: string;
  /** The list behind it, as a place within the scope. */
  more?: { href: string; label: string };
  children: (part: Part) => ReactNode;
};

/** One part of the live page; a failure is shown in its place, never as emptiness. */
export function PartCard<Part>({ title, part, failed, more, children }: PartCardProps<Part>) {
  return (
    <Card className="min-w-0">
      <CardHeader className="flex-row items-center justify-between gap-3">
        <CardTitle>{title}</CardTitle>
        {more ? (
          <ScopeLink
            href={more.href}
            prefetch={false}
            className="rounded-sm text-muted-foreground text-xs underline underline-offset-4 outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
          >
            {more.label}
          </ScopeLink>
        ) : null}
      </CardHeader>
      <CardContent className="pt-3">
        {part.ok ? (
          children(part.data)
        ) : (
          <ErrorState
            title={failed}
            description={part.problem.detail ?? messages.problem[part.problem.code] ?? part.problem.title}
            requestId={part.problem.requestId}
            className="py-6"
          />
        )}
      </CardContent>
    </Card>
  );
}

/** What a part says while there is nothing in it. */
export function PartNote({ title, hint }: { title: string; hint?: string }) {
  return (
    <div className="flex flex-col text-[13px]">
      <span className="font-medium">{title}</span>
      {hint ? <span className="text-muted-foreground">{hint}</span> : null}
    </div>
  );
}
