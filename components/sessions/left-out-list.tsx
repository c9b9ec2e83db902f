import { ShieldCheckIcon } from "lucide-react";

import { ScopeLink } from "@/components/scope/scope-link";
import type { RevocationPreview } from "@/lib/sessions/preview-schemas";
import { formatQuantity } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.revocation;

type LeftOutListProps = { leftOut: RevocationPreview["leftOut"]; includesOwn: boolean };

/** Whose sessions match and do not end, and why; each leads to the person. Nothing where nobody is left out. */
export function LeftOutList({ leftOut, includesOwn }: LeftOutListProps) {
  const users = leftOut.users.filter(({ reason }) => !(includesOwn && reason === "own"));
  const sessions = leftOut.sessions - (includesOwn ? leftOut.own : 0);
  if (sessions <= 0) return null;
  const named = users.reduce((sum, user) => sum + user.sessions, 0);
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="flex items-center gap-1.5 font-medium text-[13px]">
        <ShieldCheckIcon className="size-4 text-success" aria-hidden="true" />
        {text.leftOut}
      </h3>
      <p className="text-muted-foreground text-sm">{text.leftOutCount(sessions)}</p>
      <ul className="max-h-56 divide-y overflow-y-auto rounded-lg border text-[13px]">
        {users.map(({ id, name, email, reason, sessions: count }) => (
          <li key={`${id}-${reason}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2">
            <ScopeLink
              href={`/users/${id}`}
              prefetch={false}
              target="_blank"
              className="min-w-0 truncate font-medium underline underline-offset-4"
            >
              <bdi>{name || email || messages.sessions.deletedUser}</bdi>
            </ScopeLink>
            <span className="min-w-0 flex-1 text-muted-foreground">{text.leftOutReason[reason] ?? reason}</span>
            <span className="text-muted-foreground tabular-nums">{formatQuantity(count, messages.sessions.noun)}</span>
          </li>
        ))}
      </ul>
      {named < sessions ? <p className="text-muted-foreground text-xs">{text.leftOutMore(sessions - named)}</p> : null}
    </section>
  );
}
