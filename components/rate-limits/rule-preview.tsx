"use client";

import { LoaderCircleIcon } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";

import { FiguresTable } from "@/components/charts/figures-table";
import { ActionError } from "@/components/feedback/action-error";
import { askWithPatience } from "@/components/feedback/ask-with-patience";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { subjectName } from "@/components/rate-limits/rate-limit-words";
import type { RateLimitPreview } from "@/lib/rate-limit-monitor/rule-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.preview;

/** After the last key, so that a number is not replayed digit by digit. */
const SETTLED_MS = 400;
/** A replay looks through a day. */
const PATIENCE_MS = 30_000;
const SUBJECTS_SHOWN = 8;

type Proposal = { rule: string; limit: number; windowSeconds: number };

type RulePreviewProps = {
  /** Null while what is typed cannot be a rule. */
  proposal: Proposal | null;
  mode: "enforce" | "observe";
  read: RateLimitActions["preview"];
};

/** Whom the proposed rule would have refused in the last 24 hours, and whom the present one did. */
export function RulePreview({ proposal, mode, read }: RulePreviewProps) {
  const answer = usePreview(proposal, read);
  return (
    <section aria-label={text.title} className="flex flex-col gap-2 rounded-lg border bg-muted/40 p-3 text-[13px]">
      <h3 className="font-medium">{text.title}</h3>
      <div role="status" className="flex flex-col gap-2">
        {answer === null ? (
          <span className="flex items-center gap-2 text-muted-foreground">
            <LoaderCircleIcon className="size-4 animate-spin" aria-hidden="true" />
            {text.asking}
          </span>
        ) : answer.ok ? (
          <Outcome preview={answer.data} mode={mode} />
        ) : (
          <ActionError problem={answer.problem} />
        )}
      </div>
    </section>
  );
}

// The external systems are the clock, which waits for the last key, and the server.
function usePreview(
  proposal: Proposal | null,
  read: RateLimitActions["preview"],
): ActionResult<RateLimitPreview> | null {
  const [answer, setAnswer] = useState<ActionResult<RateLimitPreview> | null>(null);
  const asked = proposal === null ? null : JSON.stringify(proposal);
  const [given, setGiven] = useState(asked);
  if (asked !== given) {
    setGiven(asked);
    setAnswer(null);
  }
  const ask = useEffectEvent(async (isStale: () => boolean) => {
    if (proposal === null) return;
    const found = await askWithPatience(() => read(proposal), PATIENCE_MS);
    if (!isStale()) setAnswer(found);
  });
  useEffect(() => {
    if (asked === null) return;
    let stale = false;
    const timer = setTimeout(() => void ask(() => stale), SETTLED_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return answer;
}

function Outcome({ preview, mode }: { preview: RateLimitPreview; mode: RulePreviewProps["mode"] }) {
  const { attempts, refused, refusedNow, subjects, exact, truncated, data } = preview;
  if (attempts === 0) return <p className="text-muted-foreground">{text.nothing}</p>;
  const isSame = subjects.newly === 0 && subjects.relieved === 0;
  return (
    <>
      <p className="font-medium">{text.verdict(refused, refusedNow, attempts)}</p>
      <p>{isSame ? text.same : text.subjects(subjects.newly, subjects.relieved)}</p>
      {mode === "observe" ? <p>{text.observed}</p> : null}
      {data.length > 0 ? <Subjects data={data.slice(0, SUBJECTS_SHOWN)} /> : null}
      <p className="text-muted-foreground text-xs">
        {exact ? text.exact : text.inexact} {truncated ? text.truncated : null}
      </p>
    </>
  );
}

function Subjects({ data }: { data: RateLimitPreview["data"] }) {
  const { subject: nameHeading, attempts, refused, refusedNow } = text.column;
  return (
    <FiguresTable
      nameHeading={nameHeading}
      headings={[attempts, refused, refusedNow]}
      rows={data.map((row) => ({
        key: row.subject.label,
        name: <bdi>{subjectName(row.subject)}</bdi>,
        figures: [row.attempts, row.refused, row.refusedNow].map(formatNumber),
      }))}
    />
  );
}
