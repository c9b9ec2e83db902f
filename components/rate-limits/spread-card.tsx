"use client";

import { type LucideIcon, SprayCanIcon, TargetIcon } from "lucide-react";

import { CalmNote } from "@/components/feedback/calm-note";
import { PartCard, PartNote } from "@/components/rate-limits/part-card";
import { subjectName } from "@/components/rate-limits/rate-limit-words";
import { type SubjectActsProps, SubjectMenu } from "@/components/rate-limits/subject-menu";
import type { RateLimitSpread, RateLimits } from "@/lib/rate-limit-monitor/schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.spread;

/** From this many on, attempts that are spread are called what they are; below it, people mistype. */
const SPREAD_MIN = 5;

type SpreadCardProps = Pick<SubjectActsProps, "mayClear" | "onAsk"> & { limits: ActionResult<RateLimits> };

/** Spraying (one source, many accounts) and stuffing (one account, many sources), said in words. */
export function SpreadCard({ limits, ...acts }: SpreadCardProps) {
  return (
    <PartCard title={text.title} part={limits} failed={messages.rateLimits.failed.limits}>
      {({ spraying, stuffing, degraded }) => {
        const signs = [...signsOf(spraying, "spraying"), ...signsOf(stuffing, "stuffing")];
        return signs.length === 0 ? (
          <Calm isKnown={degraded === null} />
        ) : (
          <ul className="flex flex-col gap-2 text-[13px]">
            {signs.map(({ kind, spread }) => (
              <Sign key={`${kind} ${spread.subject.label}`} kind={kind} spread={spread} {...acts} />
            ))}
          </ul>
        );
      }}
    </PartCard>
  );
}

type Kind = "spraying" | "stuffing";

const looks: Record<Kind, { icon: LucideIcon; label: string }> = {
  spraying: { icon: SprayCanIcon, label: text.sprayingLabel },
  stuffing: { icon: TargetIcon, label: text.stuffingLabel },
};

type SignProps = Pick<SubjectActsProps, "mayClear" | "onAsk"> & { kind: Kind; spread: RateLimitSpread };

function Sign({ kind, spread: { subject, spread, attempts }, ...acts }: SignProps) {
  const { icon: Icon, label } = looks[kind];
  return (
    <li className="flex items-center gap-3">
      <Icon className="size-4 shrink-0 text-warning" aria-hidden="true" />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{label}.</span> {text[kind](subjectName(subject), spread, attempts)}
      </span>
      <SubjectMenu subject={subject} {...acts} />
    </li>
  );
}

// Without Redis nobody counts, which is not the same as calm.
function Calm({ isKnown }: { isKnown: boolean }) {
  if (!isKnown) return <PartNote title={text.unknown} hint={text.unknownHint} />;
  return <CalmNote title={text.calm} hint={text.calmHint} />;
}

const signsOf = (spreads: readonly RateLimitSpread[], kind: Kind) =>
  spreads.filter(({ spread }) => spread >= SPREAD_MIN).map((spread) => ({ kind, spread }));
