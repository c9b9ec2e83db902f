"use client";

import {
  BanIcon,
  ChartColumnIcon,
  ListPlusIcon,
  type LucideIcon,
  MonitorSmartphoneIcon,
  MoreHorizontalIcon,
  RotateCcwIcon,
  ScrollTextIcon,
  UserIcon,
} from "lucide-react";
import Link from "next/link";

import { GuardedItem } from "@/components/detail/guarded-item";
import { chartPlace, subjectName, subjectPlaces } from "@/components/rate-limits/rate-limit-words";
import type { AskedAct } from "@/components/rate-limits/subject-dialogs";
import { useScope, useScopePath } from "@/components/scope/scope-provider";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.act;

/** Properties of what can be done about whom a row is about. */
export type SubjectActsProps = {
  subject: RateLimitSubject;
  /** The block that the row is, where it is one. */
  block?: RateLimitBlock;
  /** The rule that the row names. */
  rule?: string | null;
  mayClear: boolean;
  onAsk: (asked: AskedAct) => void;
};

/** The menu at the end of a row: undo, keep out, let through, and look further. */
export function SubjectMenu(props: SubjectActsProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={text.menu(subjectName(props.subject))}>
          <MoreHorizontalIcon aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <SubjectItems {...props} />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The same acts as items of a menu that is already there. */
export function SubjectItems(props: SubjectActsProps) {
  const inTenant = useScope().kind === "tenant";
  const { subject, block, rule } = props;
  const { account, sessions, audit } = subjectPlaces(subject);
  // Unknown accounts have no id, and paths, tenants and callers cannot be blocked by hand.
  const canAct = account !== undefined || (subject.dimension === "address" && !inTenant);
  return (
    <>
      {block ? <ClearItem {...props} block={block} /> : null}
      {canAct ? <KeepItems {...props} /> : null}
      {(block || canAct) && (audit || rule) ? <DropdownMenuSeparator /> : null}
      {account ? <PlaceItem icon={UserIcon} href={account} label={text.account} /> : null}
      {sessions ? <PlaceItem icon={MonitorSmartphoneIcon} href={sessions} label={text.sessions} /> : null}
      {audit ? <PlaceItem icon={ScrollTextIcon} href={audit} label={text.audit} /> : null}
      {rule ? <PlaceItem icon={ChartColumnIcon} href={chartPlace(rule)} label={text.chart} /> : null}
    </>
  );
}

function ClearItem({ block, mayClear, onAsk }: SubjectActsProps & { block: RateLimitBlock }) {
  const notHere = block.clearable ? null : text.notHere;
  return (
    <GuardedItem
      icon={RotateCcwIcon}
      label={text.clear}
      refusal={mayClear ? notHere : text.notPermitted}
      onSelect={() => onAsk({ act: "clear", block })}
    />
  );
}

function KeepItems({ subject, mayClear, onAsk }: SubjectActsProps) {
  const refusal = mayClear ? null : text.notPermitted;
  return (
    <>
      <GuardedItem
        icon={BanIcon}
        label={text.block}
        refusal={refusal}
        onSelect={() => onAsk({ act: "block", subject })}
      />
      <GuardedItem
        icon={ListPlusIcon}
        label={text.exempt}
        refusal={refusal}
        onSelect={() => onAsk({ act: "exempt", subject })}
      />
    </>
  );
}

/** Whether a row's menu would have anything in it. */
export function hasActs({ subject, block, rule }: Pick<SubjectActsProps, "subject" | "block" | "rule">): boolean {
  const { account, sessions, audit } = subjectPlaces(subject);
  return Boolean(block || rule || account || sessions || audit);
}

function PlaceItem({ icon: Icon, href, label }: { icon: LucideIcon; href: string; label: string }) {
  const pathOf = useScopePath();
  return (
    <DropdownMenuItem asChild>
      <Link href={pathOf(href)} prefetch={false}>
        <Icon aria-hidden="true" />
        {label}
      </Link>
    </DropdownMenuItem>
  );
}
