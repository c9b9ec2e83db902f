"use client";

import { useState } from "react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { RowSheet, SheetSection } from "@/components/detail/row-sheet";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { ScopeLink } from "@/components/scope/scope-link";
import type { ApiKey } from "@/lib/api-keys/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys;

/** One key in full. Keeps its text while it slides away. */
export function ApiKeySheet({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const [last, setLast] = useState(apiKey);
  if (apiKey !== null && apiKey !== last) setLast(apiKey);
  const shown = apiKey ?? last;
  if (shown === null) return null;
  return (
    <RowSheet
      open={apiKey !== null}
      onClose={onClose}
      title={<bdi>{shown.name}</bdi>}
      description={text.sheet.description}
    >
      <SheetSection title={text.sheet.facts}>
        <Facts apiKey={shown} />
      </SheetSection>
      <SheetSection title={text.sheet.permissions}>
        <p className="text-muted-foreground text-xs">{text.sheet.permissionsHint}</p>
        <ul className="flex flex-wrap gap-1 pt-1">
          {shown.permissions.map((name) => (
            <li key={name} className="rounded-md border px-1.5 py-0.5 font-mono text-[11px]">
              {name}
            </li>
          ))}
        </ul>
      </SheetSection>
    </RowSheet>
  );
}

function Facts({ apiKey }: { apiKey: ApiKey }) {
  const { owner, tenant, revokedBy } = apiKey;
  return (
    <DetailList>
      <Detail label={text.column.status}>
        <StatusBadge status={apiKey.status} />
      </Detail>
      <Detail label={text.sheet.prefix}>
        <span className="font-mono text-[12px]">{apiKey.prefix}…</span>
      </Detail>
      <Detail label={text.sheet.owner}>
        {owner.name === null && owner.email === null ? (
          text.unknownOwner
        ) : (
          <ScopeLink
            href={`/users/${owner.id}`}
            prefetch={false}
            className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
          >
            <bdi>{owner.name || owner.email}</bdi>
          </ScopeLink>
        )}
      </Detail>
      <Detail label={text.sheet.tenant}>{tenant ? <bdi>{tenant.name}</bdi> : text.ofPlatform}</Detail>
      <Detail label={text.sheet.created}>
        <RelativeTime value={apiKey.createdAt} />
      </Detail>
      <Detail label={text.sheet.expires}>
        <RelativeTime value={apiKey.expiresAt} />
      </Detail>
      <Detail label={text.sheet.lastUsed}>
        <RelativeTime value={apiKey.lastUsedAt} absent={text.never} />
      </Detail>
      {apiKey.lastUsedAddress ? (
        <Detail label={text.sheet.from}>
          <span className="font-mono text-[12px]">{apiKey.lastUsedAddress}</span>
        </Detail>
      ) : null}
      {apiKey.previousKeyValidUntil ? (
        <Detail label={text.sheet.previous}>
          <RelativeTime value={apiKey.previousKeyValidUntil} />
        </Detail>
      ) : null}
      {apiKey.revokedAt ? (
        <Detail label={text.sheet.revoked}>
          <RelativeTime value={apiKey.revokedAt} />
        </Detail>
      ) : null}
      {revokedBy ? (
        <Detail label={text.sheet.revokedBy}>
          <bdi>{revokedBy.name}</bdi>
        </Detail>
      ) : null}
      <Detail label={text.sheet.id}>
        <CopyId value={apiKey.id} what="key id" />
      </Detail>
    </DetailList>
  );
}
