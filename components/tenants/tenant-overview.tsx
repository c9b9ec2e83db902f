import { ChevronRightIcon, PauseIcon, Trash2Icon, UserRoundPlusIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { CopyButton } from "@/components/feedback/copy-button";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { TenantDetail } from "@/lib/tenants/schemas";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.tenants;

const places = [
  { path: "/users", label: text.within.users },
  { path: "/members", label: text.within.members },
  { path: "/invitations", label: text.within.invitations },
  { path: "/roles", label: text.within.roles },
  { path: "/sessions", label: text.within.sessions },
  { path: "/audit", label: text.within.audit },
  { path: "/settings", label: text.within.settings },
];

/** How a tenant stands, what is known about it, and the ways into its console. */
export function TenantOverview({ tenant }: { tenant: TenantDetail }) {
  return (
    <div className="flex flex-col gap-5">
      <StandingNotice tenant={tenant} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>{text.fact.title}</CardTitle>
          </CardHeader>
          <CardContent className="pt-2">
            <Facts tenant={tenant} />
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{text.within.title}</CardTitle>
          </CardHeader>
          <CardContent className="pt-2">
            <ul className="divide-y text-[13px]">
              {places.map(({ path, label }) => (
                <li key={path}>
                  <PlaceLink slug={tenant.slug} path={path}>
                    {label}
                  </PlaceLink>
                </li>
              ))}
            </ul>
          </CardContent>
        </Card>
      </div>
    </div>
  );
}

function StandingNotice({ tenant }: { tenant: TenantDetail }) {
  if (tenant.status === "deleting") {
    return (
      <Alert variant="warning">
        <Trash2Icon aria-hidden="true" />
        <AlertTitle>{text.deleting}</AlertTitle>
        <AlertDescription>
          {text.deletesAt} <RelativeTime value={tenant.deletesAt} />. {text.deletingHint}
        </AlertDescription>
      </Alert>
    );
  }
  if (tenant.status === "suspended") {
    return (
      <Alert variant="warning">
        <PauseIcon aria-hidden="true" />
        <AlertTitle>
          <bdi>{text.suspended(tenant.suspendedReason)}</bdi>
        </AlertTitle>
        <AlertDescription>
          {text.suspendedSince} <RelativeTime value={tenant.suspendedAt} />. {text.suspendedHint}
        </AlertDescription>
      </Alert>
    );
  }
  if (tenant.members.count > 0) return null;
  return (
    <Alert>
      <UserRoundPlusIcon aria-hidden="true" />
      <AlertDescription>
        {text.noOwner}{" "}
        <PlaceLink slug={tenant.slug} path="/invitations" inline>
          {text.invite}
        </PlaceLink>
      </AlertDescription>
    </Alert>
  );
}

function Facts({ tenant }: { tenant: TenantDetail }) {
  const { slug, members, activeSessions } = tenant;
  return (
    <DetailList>
      <Detail label={text.fact.name}>
        <bdi>{tenant.name}</bdi>
      </Detail>
      <Detail label={text.fact.slug}>
        <CopyButton value={slug} what="short name" className="font-mono text-[12px]">
          {slug}
        </CopyButton>
      </Detail>
      <Detail label={text.fact.members}>
        <PlaceLink slug={slug} path="/members" inline>
          {formatCount(members.count, members.capped)}
        </PlaceLink>
      </Detail>
      <Detail label={text.fact.sessions}>
        <PlaceLink slug={slug} path="/sessions" inline>
          {formatCount(activeSessions.count, activeSessions.capped)}
        </PlaceLink>
        <span className="block text-muted-foreground text-xs">{text.fact.sessionsHint}</span>
      </Detail>
      <Detail label={text.fact.created}>
        <RelativeTime value={tenant.createdAt} />
      </Detail>
      <Detail label={text.fact.id}>
        <CopyId value={tenant.id} what="tenant id" />
      </Detail>
    </DetailList>
  );
}

type PlaceLinkProps = { slug: string; path: string; inline?: boolean; children: ReactNode };

function PlaceLink({ slug, path, inline = false, children }: PlaceLinkProps) {
  return (
    <Link
      href={scopePath(slug, path)}
      prefetch={false}
      className={
        inline
          ? "rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
          : "-mx-2 flex h-9 items-center justify-between rounded-md px-2 outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
      }
    >
      {children}
      {inline ? null : (
        <ChevronRightIcon className="size-4 text-muted-foreground rtl:-scale-x-100" aria-hidden="true" />
      )}
    </Link>
  );
}
