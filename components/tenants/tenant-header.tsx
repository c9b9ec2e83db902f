"use client";

import {
  EllipsisIcon,
  ExternalLinkIcon,
  type LucideIcon,
  PauseIcon,
  PencilIcon,
  PlayIcon,
  RotateCcwIcon,
  Trash2Icon,
} from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { GuardedItem } from "@/components/detail/guarded-item";
import { StatusBadge } from "@/components/feedback/status-badge";
import { PageHeader } from "@/components/layout/page-header";
import { TenantMark } from "@/components/layout/tenant-mark";
import { actsOf, permissionOfAct, type TenantAct, type TenantActions } from "@/components/tenants/tenant-actions";
import { TenantDialog } from "@/components/tenants/tenant-dialog";
import { Button, buttonVariants } from "@/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import type { TenantDetail } from "@/lib/tenants/schemas";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.tenants;

const looks: Record<TenantAct, { icon: LucideIcon; variant: "outline" | "destructive" | "default" }> = {
  rename: { icon: PencilIcon, variant: "outline" },
  suspend: { icon: PauseIcon, variant: "destructive" },
  resume: { icon: PlayIcon, variant: "default" },
  remove: { icon: Trash2Icon, variant: "destructive" },
  restore: { icon: RotateCcwIcon, variant: "default" },
};

/** Properties of the head of a tenant's page. */
export type TenantHeaderProps = { tenant: TenantDetail; permissions: readonly string[]; actions: TenantActions };

/** Which tenant this is, how it stands, and what one can do with it. */
export function TenantHeader({ tenant, permissions, actions }: TenantHeaderProps) {
  const [act, setAct] = useState<TenantAct | null>(null);
  const [first, ...others] = actsOf(tenant);
  const refusalOf = (wanted: TenantAct) =>
    permissions.includes(permissionOfAct[wanted]) ? null : text.act.notPermitted;
  return (
    <>
      <PageHeader
        media={<TenantMark tenant={tenant} className="size-10 rounded-lg text-sm" />}
        title={tenant.name}
        marks={<StatusBadge status={tenant.status} />}
        description={<span className="font-mono text-[13px]">{tenant.slug}</span>}
        action={
          <>
            <Link href={scopePath(tenant.slug)} prefetch={false} className={buttonVariants({ variant: "outline" })}>
              <ExternalLinkIcon aria-hidden="true" />
              {text.act.open}
            </Link>
            {first ? <ActButton act={first} refusal={refusalOf(first)} onAsk={setAct} /> : null}
            <DropdownMenu>
              <DropdownMenuTrigger asChild>
                <Button variant="outline" size="icon" aria-label={text.act.more}>
                  <EllipsisIcon aria-hidden="true" />
                </Button>
              </DropdownMenuTrigger>
              <DropdownMenuContent align="end">
                {others.map((other) => (
                  <GuardedItem
                    key={other}
                    icon={looks[other].icon}
                    label={text.act[other]}
                    destructive={looks[other].variant === "destructive"}
                    refusal={refusalOf(other)}
                    onSelect={() => setAct(other)}
                  />
                ))}
              </DropdownMenuContent>
            </DropdownMenu>
          </>
        }
      />
      {act ? <TenantDialog act={act} tenant={tenant} actions={actions} onClose={() => setAct(null)} /> : null}
    </>
  );
}

type ActButtonProps = { act: TenantAct; refusal: string | null; onAsk: (act: TenantAct) => void };

function ActButton({ act, refusal, onAsk }: ActButtonProps) {
  const { icon: Icon, variant } = looks[act];
  return (
    <GuardedButton variant={variant} refusal={refusal} onClick={() => onAsk(act)}>
      <Icon aria-hidden="true" />
      {text.act[act]}
    </GuardedButton>
  );
}
