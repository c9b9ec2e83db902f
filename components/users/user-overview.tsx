import { LockIcon } from "lucide-react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { CopyButton } from "@/components/feedback/copy-button";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { ScopeLink } from "@/components/scope/scope-link";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";
import type { UserDetail } from "@/lib/users/schemas";

const text = messages.users;

/** Identity, roles and memberships, and when the person was last seen. */
export function UserOverview({ user, inTenant }: { user: UserDetail; inTenant: boolean }) {
  return (
    <div className="flex flex-col gap-5">
      {user.status === "locked" ? <LockNotice user={user} /> : null}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>{text.overview.identity}</CardTitle>
          </CardHeader>
          <CardContent className="pt-2">
            <Identity user={user} />
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{text.overview.access}</CardTitle>
          </CardHeader>
          <CardContent className="pt-2">
            <Access user={user} inTenant={inTenant} />
          </CardContent>
        </Card>
      </div>
    </div>
  );
}

function LockNotice({ user }: { user: UserDetail }) {
  return (
    <Alert variant="warning">
      <LockIcon aria-hidden="true" />
      <AlertTitle>
        <bdi>{text.lockedBanner(user.lockedReason)}</bdi>
      </AlertTitle>
      <AlertDescription>
        {text.overview.lockedAt} <RelativeTime value={user.lockedAt} />
        {" · "}
        {user.lockedUntil ? (
          <>
            {text.lockedUntil} <RelativeTime value={user.lockedUntil} />
          </>
        ) : (
          text.overview.lockedForGood
        )}
      </AlertDescription>
    </Alert>
  );
}

function Identity({ user }: { user: UserDetail }) {
  const { count, capped } = user.activeSessions;
  return (
    <DetailList>
      <Detail label={text.overview.name}>
        <bdi>{user.name || "–"}</bdi>
      </Detail>
      <Detail label={text.overview.email}>
        <span className="flex flex-wrap items-center gap-2">
          <CopyButton value={user.email} what="e-mail address">
            {user.email}
          </CopyButton>
          {user.emailVerified ? <Badge variant="success">{text.verified}</Badge> : <StatusBadge status="unverified" />}
        </span>
      </Detail>
      <Detail label={text.overview.home}>
        {user.homeTenant ? <bdi>{user.homeTenant.name}</bdi> : text.platformHome}
      </Detail>
      <Detail label={text.overview.sessions}>
        <ScopeLink
          href={`/users/${user.id}?tab=sessions`}
          prefetch={false}
          className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          {formatCount(count, capped)}
        </ScopeLink>
      </Detail>
      <Detail label={text.overview.lastSeen}>
        <RelativeTime value={user.lastSeenAt} absent={text.never} />
      </Detail>
      <Detail label={text.overview.created}>
        <RelativeTime value={user.createdAt} />
      </Detail>
      <Detail label={text.overview.id}>
        <CopyId value={user.id} what="user id" />
      </Detail>
    </DetailList>
  );
}

function Access({ user, inTenant }: { user: UserDetail; inTenant: boolean }) {
  return (
    <DetailList>
      <Detail label={inTenant ? text.overview.tenantRoles : text.overview.platformRoles}>
        {user.roles.length === 0 ? (
          <span className="text-muted-foreground">
            {inTenant ? text.overview.noTenantRoles : text.overview.noPlatformRoles}
          </span>
        ) : (
          <Roles roles={user.roles} />
        )}
      </Detail>
      {inTenant ? null : user.memberships.length === 0 ? (
        <Detail label={text.overview.memberships}>
          <span className="text-muted-foreground">{text.overview.noMemberships}</span>
        </Detail>
      ) : (
        user.memberships.map(({ tenant, roles }) => (
          <Detail key={tenant.id} label={tenant.name}>
            <Roles roles={roles} />
          </Detail>
        ))
      )}
    </DetailList>
  );
}

function Roles({ roles }: { roles: UserDetail["roles"] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {roles.map((role) => (
        <Badge key={role.id} variant="outline">
          <bdi>{role.name}</bdi>
        </Badge>
      ))}
    </span>
  );
}
