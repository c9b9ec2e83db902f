"use client";

import type { LucideIcon } from "lucide-react";

import { DropdownMenuItem } from "@/components/ui/dropdown-menu";

/** Properties of an act in a menu that some may not use; `refusal` says why not, null where they may. */
export type GuardedItemProps = {
  icon: LucideIcon;
  label: string;
  refusal: string | null;
  destructive?: boolean;
  onSelect: () => void;
};

/** An act in a row's menu that is off where it cannot be used, and says why. For display only. */
export function GuardedItem({ icon: Icon, label, refusal, destructive = false, onSelect }: GuardedItemProps) {
  return (
    <DropdownMenuItem variant={destructive ? "destructive" : "default"} disabled={refusal !== null} onSelect={onSelect}>
      <Icon aria-hidden="true" />
      <span className="flex flex-col">
        {label}
        {refusal ? <span className="text-xs">{refusal}</span> : null}
      </span>
    </DropdownMenuItem>
  );
}
