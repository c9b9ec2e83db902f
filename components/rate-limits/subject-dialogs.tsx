"use client";

import { BlockDialog } from "@/components/rate-limits/block-dialog";
import { ClearBlockDialog } from "@/components/rate-limits/clear-block-dialog";
import { ExemptDialog } from "@/components/rate-limits/exempt-dialog";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";

/** What somebody asked to do; a block or an exemption of nobody in particular leaves the naming to the form. */
export type AskedAct =
  | { act: "clear"; block: RateLimitBlock }
  | { act: "block"; subject: RateLimitSubject | null }
  | { act: "exempt"; subject: RateLimitSubject | null };

type SubjectDialogsProps = { asked: AskedAct | null; actions: RateLimitActions; onClose: () => void };

/** The dialog of what was asked; none while nothing is. */
export function SubjectDialogs({ asked, actions, onClose }: SubjectDialogsProps) {
  if (asked === null) return null;
  if (asked.act === "clear") return <ClearBlockDialog block={asked.block} perform={actions.clear} onClose={onClose} />;
  if (asked.act === "block") return <BlockDialog subject={asked.subject} perform={actions.block} onClose={onClose} />;
  return <ExemptDialog subject={asked.subject} perform={actions.exempt} onClose={onClose} />;
}
