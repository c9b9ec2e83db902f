import { messages } from "@/lib/ui/messages";

const text = messages.audit.sheet;

/** What an event changed: old values struck, new ones marked, each said in words too for those who hear the page. */
export function ChangesTable({ changes }: { changes: Record<string, { before?: unknown; after?: unknown }> }) {
  return (
    <dl className="flex flex-col gap-2 pt-1">
      {Object.entries(changes).map(([field, { before, after }]) => (
        <div key={field} className="overflow-hidden rounded-md border text-[13px]">
          <dt className="border-b bg-muted/60 px-3 py-1 font-mono text-[12px] text-muted-foreground">{field}</dt>
          <dd className="flex flex-col gap-1 px-3 py-2 [overflow-wrap:anywhere]">
            <span className="sr-only">{text.before}</span>
            <del className="w-fit line-through rounded-sm bg-destructive/8 px-1 text-destructive decoration-destructive/60 dark:text-red-300">
              <bdi>{toText(before)}</bdi>
            </del>
            <span className="sr-only">{text.after}</span>
            <ins className="w-fit rounded-sm bg-success/10 px-1 text-success no-underline">
              <bdi>{toText(after)}</bdi>
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function toText(value: unknown): string {
  if (value === null || value === undefined || value === "") return text.nothing;
  return typeof value === "string" ? value : JSON.stringify(value);
}
