"use client";

import { type ReactNode, useState } from "react";

import { RelativeTime } from "@/components/feedback/relative-time";
import { useScope } from "@/components/scope/scope-provider";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import { FilterWordsList } from "@/components/sessions/filter-words-list";
import { LeftOutList } from "@/components/sessions/left-out-list";
import { SessionMarks } from "@/components/sessions/session-cells";
import { deviceIcon, deviceName, ownerName } from "@/components/sessions/session-words";
import { ShareBars } from "@/components/sessions/share-bars";
import { Button } from "@/components/ui/button";
import type { RoleChoice } from "@/components/users/user-actions";
import { previewedMax, type RevocationPreview } from "@/lib/sessions/preview-schemas";
import type { Session } from "@/lib/sessions/schemas";
import { formatQuantity } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.revocation;
const SHOWN_FIRST = 3;

type PreviewSummaryProps = {
  filter: SessionFilterValues;
  roles: readonly RoleChoice[];
  preview: RevocationPreview;
  includesOwn: boolean;
};

/** What a revocation would hit and leave alone: what was asked, how much, of what kind, and who is left out. */
export function PreviewSummary({ filter, roles, preview, includesOwn }: PreviewSummaryProps) {
  const { matching, users, capped, sample, breakdown } = preview;
  const scope = useScope();
  return (
    <>
      <Part title={text.filter}>
        <FilterWordsList filter={filter} roles={roles} tenantName={scope.kind === "tenant" ? scope.name : null} />
      </Part>
      {matching === 0 ? (
        <p className="text-muted-foreground text-sm">{text.nothingHint}</p>
      ) : (
        <>
          <Part title={text.hit}>
            <p className="text-sm">
              <strong className="font-semibold">{formatQuantity(matching, messages.sessions.noun, capped)}</strong>{" "}
              {text.people(users, capped)}
            </p>
            {capped ? <p className="text-muted-foreground text-xs">{text.capped(previewedMax)}</p> : null}
            <p className="text-muted-foreground text-sm">{text.consequence}</p>
          </Part>
          <div className="grid gap-6 sm:grid-cols-2">
            <ShareBars
              title={text.byTenant}
              total={matching}
              shares={breakdown.tenants.map(({ tenant, sessions }) => ({
                id: tenant?.id ?? "none",
                name: tenant?.name ?? text.noTenant,
                count: sessions,
              }))}
            />
            <ShareBars
              title={text.byDevice}
              total={matching}
              shares={breakdown.devices.map(({ device, sessions }) => ({
                id: device ?? "unknown",
                name: device === null ? text.unknownDevice : (messages.sessions.device[device] ?? device),
                count: sessions,
              }))}
            />
          </div>
          <Part title={text.sample(sample.length, matching)}>
            <Sample sessions={sample} />
          </Part>
        </>
      )}
      <LeftOutList leftOut={preview.leftOut} includesOwn={includesOwn} />
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-medium text-[13px]">{title}</h3>
      {children}
    </section>
  );
}

function Sample({ sessions }: { sessions: readonly Session[] }) {
  const [shown, setShown] = useState(SHOWN_FIRST);
  const more = sessions.length - shown;
  return (
    <ul className="divide-y rounded-lg border text-[13px]">
      {sessions.slice(0, shown).map((session) => (
        <SampleRow key={session.id} session={session} />
      ))}
      {more > 0 ? (
        <li className="px-1.5 py-1">
          <Button variant="ghost" size="xs" onClick={() => setShown(sessions.length)}>
            {text.sampleMore(more)}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function SampleRow({ session }: { session: Session }) {
  const Icon = deviceIcon(session);
  return (
    <li className="flex items-center gap-3 px-3 py-1.5">
      <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex min-w-0 items-center gap-1.5">
          <bdi className="truncate font-medium">{ownerName(session)}</bdi>
          <SessionMarks session={session} />
        </span>
        <span className="truncate text-muted-foreground text-xs">{deviceName(session)}</span>
      </span>
      <span className="flex shrink-0 flex-col items-end text-xs">
        <span className="max-w-40 truncate font-mono" dir="ltr">
          {session.ipAddress ?? messages.sessions.noAddress}
        </span>
        <RelativeTime value={session.lastSeenAt} className="text-muted-foreground" />
      </span>
    </li>
  );
}
