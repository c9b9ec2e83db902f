"use client";

import { useEffect, useEffectEvent, useState } from "react";

import { askWithPatience } from "@/components/feedback/ask-with-patience";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import type { PreviewMatching } from "@/components/sessions/session-actions";
import type { RevocationPreview } from "@/lib/sessions/preview-schemas";
import type { ActionProblem } from "@/lib/ui/action-result";

/** Counting a large set may take the server half a minute. */
const COUNTING_MS = 35_000;

/** What is known of what would end; `expired` once it may no longer be acted on. */
export type PreviewState =
  | { state: "loading" }
  | { state: "failed"; problem: ActionProblem }
  | { state: "ready"; preview: RevocationPreview; expired: boolean };

/** A preview, and the ways to take another and to declare it too old. */
export type PreviewHandle = { shown: PreviewState; lookAgain: () => void; expire: () => void };

const loading: PreviewState = { state: "loading" };

/** Asks the server what a filter would hit, once the panel is open and each time one looks again. */
export function usePreview(filter: SessionFilterValues, preview: PreviewMatching): PreviewHandle {
  const [asked, setAsked] = useState(0);
  const [shown, setShown] = useState<PreviewState>(loading);

  const expire = () => setShown((current) => (current.state === "ready" ? { ...current, expired: true } : current));
  const expireInTime = useEffectEvent(expire);
  // A list that refreshes itself below gives new objects of the same meaning: they are no reason to look again.
  const look = useEffectEvent(() => askWithPatience(() => preview({ filter }), COUNTING_MS));

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is what asks again.
  useEffect(() => {
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void look().then((result) => {
      if (isStale) return;
      if (!result.ok) return setShown({ state: "failed", problem: result.problem });
      setShown({ state: "ready", preview: result.data, expired: false });
      timer = setTimeout(expireInTime, lifeOf(result.data));
    });
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [asked]);

  const lookAgain = () => {
    setShown(loading);
    setAsked((count) => count + 1);
  };
  return { shown, lookAgain, expire };
}

/** Milliseconds by the server's clock alone: this one's may be wrong. */
function lifeOf({ asOf, expiresAt }: RevocationPreview): number {
  return Date.parse(expiresAt) - Date.parse(asOf);
}
