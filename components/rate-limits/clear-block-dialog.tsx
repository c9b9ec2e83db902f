"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { accountOf, subjectName } from "@/components/rate-limits/rate-limit-words";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.clear;

type ClearBlockDialogProps = { block: RateLimitBlock; perform: RateLimitActions["clear"]; onClose: () => void };

/** Takes a block away, and the counters behind it. */
export function ClearBlockDialog({ block, perform, onClose }: ClearBlockDialogProps) {
  const name = subjectName(block.subject);
  const target = accountOf(block.subject)?.id;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.act}
      noun={messages.rateLimits.blocks.noun}
      count={1}
      subject={text.subject(name)}
      affected={{ label: text.affected, names: [name] }}
      untouched={text.untouched}
      consequence={text.consequence}
      reason="optional"
      perform={({ reason }) => perform({ blockId: block.id, ...(reason === "" ? {} : { reason }) })}
      toReport={() => ({
        title: text.done(name),
        link: {
          href: target ? `/audit?target=${target}` : "/audit?action=rate-limit-block.delete",
          label: messages.audit.title,
        },
      })}
    />
  );
}
