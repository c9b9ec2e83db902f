import { ArrowRightIcon, CircleAlertIcon, ShieldCheckIcon } from "lucide-react";
import type { ReactNode } from "react";

import type { DestructiveDialogProps } from "@/components/feedback/destructive-dialog";
import { AlertDialogDescription } from "@/components/ui/alert-dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.destructive;
const NAMES_SHOWN = 5;

type DestructiveBodyProps = Pick<
  DestructiveDialogProps<unknown>,
  "affected" | "untouched" | "consequence" | "count" | "noun"
>;

/** Who is hit, who is not, and what happens next. */
export function DestructiveBody({ affected, untouched, consequence, count }: DestructiveBodyProps) {
  return (
    <AlertDialogDescription asChild>
      <div className="flex flex-col gap-3 text-foreground">
        {count === null ? (
          <Point icon={<CircleAlertIcon />} label={text.counting}>
            <Skeleton className="mt-1 h-4 w-56" />
          </Point>
        ) : null}
        {affected && count !== null ? (
          <Point
            icon={<CircleAlertIcon className="text-destructive dark:text-red-400" />}
            label={affected.label ?? text.affected}
          >
            <AffectedNames names={affected.names} total={affected.total ?? affected.names.length} />
          </Point>
        ) : null}
        {untouched ? (
          <Point icon={<ShieldCheckIcon className="text-success" />} label={text.untouched}>
            {untouched}
          </Point>
        ) : null}
        <Point icon={<ArrowRightIcon className="text-muted-foreground" />} label={text.next}>
          {consequence}
        </Point>
      </div>
    </AlertDialogDescription>
  );
}

function Point({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 [&>svg]:mt-0.5 [&>svg]:size-4">
      {icon}
      <p className="font-medium text-[13px] text-foreground">{label}</p>
      <div className="col-start-2 text-muted-foreground text-sm">{children}</div>
    </div>
  );
}

function AffectedNames({ names, total }: { names: readonly string[]; total: number }) {
  const shown = names.slice(0, NAMES_SHOWN);
  const more = total - shown.length;
  return (
    <ul className="flex flex-col">
      {shown.map((name, position) => (
        // Names may repeat (two devices of one person), so the place in this fixed list is part of the key.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown.
        <li key={`${position}-${name}`} className="truncate">
          <bdi>{name}</bdi>
        </li>
      ))}
      {more > 0 ? <li className="font-medium text-foreground">{text.andMore(formatNumber(more))}</li> : null}
    </ul>
  );
}
