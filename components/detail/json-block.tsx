import { CopyJsonButton } from "@/components/detail/copy-json-button";

/** Data as the API answers it, to read and to copy; `what` names it and completes "Copy …". */
export function JsonBlock({ value, what }: { value: unknown; what: string }) {
  const json = JSON.stringify(value, null, 2);
  return (
    <div className="relative">
      {/* A region that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section
        aria-label={what}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
        tabIndex={0}
        className="max-h-[70vh] overflow-auto rounded-lg border bg-muted/50 p-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        <pre className="font-mono text-[12px] leading-relaxed" dir="ltr">
          {json}
        </pre>
      </section>
      <div className="absolute top-3 right-4">
        <CopyJsonButton json={json} what={what} />
      </div>
    </div>
  );
}
