import { CopyButton } from "@/components/feedback/copy-button";
import { cn } from "@/lib/ui/cn";
import { shortenMiddle } from "@/lib/ui/format";

/** Properties of an id: `what` names it for "Copy …"; `full` shows it whole. */
export type CopyIdProps = { value: string; what?: string; full?: boolean; className?: string };

/** An id in mono, shortened in the middle, copied whole by one click. */
export function CopyId({ value, what = "id", full = false, className }: CopyIdProps) {
  return (
    <CopyButton value={value} what={what} className={cn("font-mono text-[12px]", className)}>
      {full ? value : shortenMiddle(value)}
    </CopyButton>
  );
}
