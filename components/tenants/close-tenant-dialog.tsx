"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import type { ClosedTenant, TenantActions } from "@/components/tenants/tenant-actions";
import type { TenantDetail } from "@/lib/tenants/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.tenants;

/** Properties of the dialogs that close a tenant. */
export type CloseTenantDialogProps<Act extends "suspend" | "remove"> = {
  tenant: TenantDetail;
  perform: TenantActions[Act];
  onClose: () => void;
};

/** Suspends a tenant: says how many sessions end and how many people lose access, and links to the receipt. */
export function SuspendTenantDialog({ tenant, perform, onClose }: CloseTenantDialogProps<"suspend">) {
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.suspend.act}
      noun={text.noun}
      count={1}
      subject={tenant.name}
      affected={{ label: text.suspend.affected, names: lossesOf(tenant) }}
      untouched={text.suspend.untouched}
      consequence={text.suspend.consequence}
      perform={({ reason }) => perform({ tenantSlug: tenant.slug, reason })}
      toReport={(closed) => toReport(closed, text.suspend)}
    />
  );
}

/** Deletes a tenant after its grace period; its short name is typed, because nothing brings it back afterwards. */
export function DeleteTenantDialog({ tenant, perform, onClose }: CloseTenantDialogProps<"remove">) {
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.remove.act}
      noun={text.noun}
      count={1}
      subject={tenant.name}
      affected={{ label: text.suspend.affected, names: lossesOf(tenant) }}
      untouched={text.remove.untouched}
      consequence={text.remove.consequence}
      reason="optional"
      confirmation={{ phrase: tenant.slug }}
      perform={({ reason }) => perform({ tenantSlug: tenant.slug, ...(reason === "" ? {} : { reason }) })}
      toReport={(closed) => toReport(closed, text.remove)}
    />
  );
}

function lossesOf({ activeSessions, members }: TenantDetail): string[] {
  return [
    text.sessions(activeSessions.count, activeSessions.capped),
    text.suspend.people(text.members(members.count, members.capped)),
  ];
}

function toReport({ name, receiptId }: ClosedTenant, words: { done: (name: string) => string; doneHint: string }) {
  return {
    title: words.done(name),
    description: words.doneHint,
    link: { href: `/receipts/${receiptId}`, label: text.suspend.receipt },
  };
}
