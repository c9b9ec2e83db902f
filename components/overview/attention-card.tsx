import {
  ArrowRightIcon,
  HourglassIcon,
  LockIcon,
  type LucideIcon,
  MailWarningIcon,
  PauseIcon,
  RouteOffIcon,
  Trash2Icon,
} from "lucide-react";

import { CalmNote } from "@/components/feedback/calm-note";
import { ScopeLink } from "@/components/scope/scope-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Attention } from "@/lib/overview/schemas";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.overview.attention;

// The most urgent first; each leads to the list behind it.
const matters: readonly { id: keyof Attention; href: string; icon: LucideIcon }[] = [
  { id: "clientAddresses", href: "/settings#client-addresses", icon: RouteOffIcon },
  { id: "pendingReceipts", href: "/receipts", icon: HourglassIcon },
  { id: "lockedUsers", href: "/users?status=locked", icon: LockIcon },
  { id: "suspendedTenants", href: "/tenants?status=suspended", icon: PauseIcon },
  { id: "deletingTenants", href: "/tenants?status=deleting", icon: Trash2Icon },
  { id: "expiringInvitations", href: "/invitations?status=pending", icon: MailWarningIcon },
];

/** What wants looking at; says so where nothing does. */
export function AttentionCard({ attention }: { attention: Attention }) {
  const open = matters.filter(({ id }) => (attention[id]?.count ?? 0) > 0);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent className="pt-3">
        {open.length === 0 ? (
          <div className="py-1">
            <CalmNote title={text.calm} hint={text.calmHint} />
          </div>
        ) : (
          <ul className="flex flex-col">
            {open.map(({ id, href, icon: Icon }) => (
              <li key={id}>
                <ScopeLink
                  href={href}
                  prefetch={false}
                  className="group -mx-2 flex min-h-10 items-center gap-3 rounded-md px-2 text-[13px] outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
                >
                  <Icon className="size-4 shrink-0 text-warning" aria-hidden="true" />
                  <span className="min-w-0 flex-1">{sayMatter(id, attention)}</span>
                  <ArrowRightIcon
                    className="size-4 shrink-0 text-muted-foreground transition-opacity duration-150 group-hover:opacity-100 md:opacity-0 rtl:-scale-x-100"
                    aria-hidden="true"
                  />
                </ScopeLink>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

function sayMatter(id: keyof Attention, attention: Attention): string {
  const { count, capped } = attention[id] ?? { count: 0, capped: false };
  return text[id](formatCount(count, capped), count === 1 && !capped);
}
