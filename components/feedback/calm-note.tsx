import { CircleCheckIcon } from "lucide-react";

/** Says that nothing wants attention, and of what that was looked at. */
export function CalmNote({ title, hint }: { title: string; hint: string }) {
  return (
    <div className="flex items-start gap-3 text-[13px]">
      <CircleCheckIcon className="mt-0.5 size-4 shrink-0 text-success" aria-hidden="true" />
      <span className="flex flex-col">
        <span className="font-medium">{title}</span>
        <span className="text-muted-foreground">{hint}</span>
      </span>
    </div>
  );
}
