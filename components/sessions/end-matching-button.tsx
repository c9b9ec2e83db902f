"use client";

import { LogOutIcon } from "lucide-react";
import { GuardedButton } from "@/components/detail/guarded-button";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import type { Session } from "@/lib/sessions/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.revocation.open;

type EndMatchingButtonProps = {
  filter: SessionFilterValues;
  /** Every session that the filter finds, where one page holds them all; null otherwise. */
  all: readonly Session[] | null;
  refusal: string | null;
  onOpen: () => void;
};

/** Opens the preview of ending every session that the filter finds. Nothing ends by pressing it. */
export function EndMatchingButton({ filter, all, refusal, onOpen }: EndMatchingButtonProps) {
  const isNarrowed = Object.keys(filter).length > 0;
  const others = all?.filter(({ current, status }) => status === "active" && !current).length ?? 0;
  return (
    <GuardedButton variant="outline" refusal={refusal} onClick={onOpen}>
      <LogOutIcon className="text-destructive dark:text-red-400" aria-hidden="true" />
      {isNarrowed ? (others > 0 ? text.counted(others) : text.matching) : text.everything}
    </GuardedButton>
  );
}
