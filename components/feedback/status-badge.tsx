import {
  BanIcon,
  CircleAlertIcon,
  CircleCheckIcon,
  CircleDashedIcon,
  CircleXIcon,
  ClockIcon,
  LockIcon,
  type LucideIcon,
  MailIcon,
  PauseIcon,
  Trash2Icon,
} from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { Badge } from "@/components/ui/badge";

type Look = { label: string; icon: LucideIcon; variant: ComponentProps<typeof Badge>["variant"] };

const looks = {
  active: { label: "Active", icon: CircleCheckIcon, variant: "success" },
  locked: { label: "Locked", icon: LockIcon, variant: "destructive" },
  invited: { label: "Invited", icon: MailIcon, variant: "accent" },
  deleted: { label: "Deleted", icon: Trash2Icon, variant: "neutral" },
  suspended: { label: "Suspended", icon: PauseIcon, variant: "destructive" },
  deleting: { label: "Being deleted", icon: Trash2Icon, variant: "warning" },
  revoked: { label: "Revoked", icon: BanIcon, variant: "neutral" },
  unverified: { label: "Not verified", icon: CircleDashedIcon, variant: "warning" },
  ended: { label: "Ended", icon: BanIcon, variant: "neutral" },
  expired: { label: "Expired", icon: ClockIcon, variant: "neutral" },
  complete: { label: "Complete", icon: CircleCheckIcon, variant: "success" },
  pending: { label: "Pending", icon: ClockIcon, variant: "warning" },
  success: { label: "Success", icon: CircleCheckIcon, variant: "success" },
  denied: { label: "Denied", icon: CircleXIcon, variant: "destructive" },
  failed: { label: "Failed", icon: CircleAlertIcon, variant: "warning" },
} satisfies Record<string, Look>;

/** The states that things of Gatehouse can be in. */
export type Status = keyof typeof looks;

/** Properties of a status badge; `children` replaces the word, for example "Locked until 14:00". */
export type StatusBadgeProps = { status: Status; children?: ReactNode; className?: string };

/** A state as icon, word and colour together. */
export function StatusBadge({ status, children, className }: StatusBadgeProps) {
  const { icon: Icon, label, variant } = looks[status];
  return (
    <Badge variant={variant} className={className} data-status={status}>
      <Icon aria-hidden="true" />
      {children ?? label}
    </Badge>
  );
}
