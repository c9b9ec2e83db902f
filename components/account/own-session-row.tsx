"use client";

import { LogOutIcon } from "lucide-react";

import { LeaveButton } from "@/components/account/leave-button";
import { GuardedButton } from "@/components/detail/guarded-button";
import { RelativeTime } from "@/components/feedback/relative-time";
import { countryName, deviceIcon, deviceName, methodName } from "@/components/sessions/session-words";
import { Badge } from "@/components/ui/badge";
import type { OwnSession } from "@/lib/account/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.account.sessions;

/** Properties of one live session; `refusal` says why it may not be ended here, or is null. */
export type OwnSessionRowProps = { session: OwnSession; refusal: string | null; onEnd: () => void };

/** One place where one is signed in, and the way to end it. */
export function OwnSessionRow({ session, refusal, onEnd }: OwnSessionRowProps) {
  const name = deviceName(session);
  return (
    <li className={cn("flex flex-wrap items-center gap-x-4 gap-y-3 p-4", session.current && "bg-selected/40")}>
      <SessionDevice session={session} />
      <dl className="grid min-w-0 flex-[2_1_20rem] grid-cols-3 gap-x-4 text-[13px]">
        <Fact label={text.signedIn} value={session.createdAt} />
        <Fact label={text.lastSeen} value={session.lastSeenAt} />
        <Fact label={text.expires} value={session.expiresAt} />
      </dl>
      {session.current && refusal === null ? (
        <LeaveButton />
      ) : (
        <GuardedButton
          variant="outline"
          size="sm"
          refusal={refusal}
          onClick={onEnd}
          aria-label={text.endNamed(name)}
          className="w-full sm:w-34"
        >
          <LogOutIcon aria-hidden="true" />
          {text.end}
        </GuardedButton>
      )}
    </li>
  );
}

/** The device, where it is, and what sets it apart. */
export function SessionDevice({ session }: { session: OwnSession }) {
  const Icon = deviceIcon(session);
  return (
    <div className="flex min-w-0 flex-[3_1_18rem] items-start gap-3">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg border bg-muted/60 text-muted-foreground">
        <Icon className="size-4.5" aria-hidden="true" />
      </span>
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-sm">
          {deviceName(session)}
          {session.current ? <Badge variant="accent">{text.thisOne}</Badge> : null}
          {session.impersonatedBy ? (
            <Badge variant="warning">{text.impersonated(session.impersonatedBy.name)}</Badge>
          ) : null}
        </p>
        <p className="text-[13px] text-muted-foreground [overflow-wrap:anywhere]">
          {originOf(session)}
          {session.impersonatedBy ? null : ` · ${methodName(session.method)}`}
          {session.tenant ? (
            <>
              {" · "}
              <bdi>{session.tenant.name}</bdi>
            </>
          ) : null}
        </p>
      </div>
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="truncate text-muted-foreground text-xs">{label}</dt>
      <dd className="truncate tabular-nums">
        <RelativeTime value={value} />
      </dd>
    </div>
  );
}

function originOf({ ipAddress, country }: OwnSession): string {
  const known = [country === null ? null : countryName(country), ipAddress].filter((part) => part !== null);
  return known.length === 0 ? messages.sessions.noAddress : known.join(", ");
}
