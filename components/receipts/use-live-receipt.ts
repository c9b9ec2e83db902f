"use client";

import { useEffect, useEffectEvent, useState } from "react";

import { askWithPatience } from "@/components/feedback/ask-with-patience";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionProblem, ActionResult } from "@/lib/ui/action-result";

const EVERY_MS = 2000;

/** Reads one receipt as it stands now. */
export type ReadReceipt = (input: { receiptId: string }) => Promise<ActionResult<Receipt>>;

/** A receipt as last read, when that was (epoch milliseconds), and why it could not be read again since. */
export type LiveReceipt = { receipt: Receipt; readAt: number; problem: ActionProblem | null };

/** Reads a receipt again until it is complete. The external systems are the clock and the job behind the receipt. */
export function useLiveReceipt(given: Receipt, givenAt: number, read: ReadReceipt): LiveReceipt {
  const [base, setBase] = useState(given);
  const [live, setLive] = useState<LiveReceipt>({ receipt: given, readAt: givenAt, problem: null });
  if (given !== base) {
    setBase(given);
    setLive({ receipt: given, readAt: givenAt, problem: null });
  }
  const isPending = live.receipt.status === "pending";

  const look = useEffectEvent(async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await askWithPatience(() => read({ receiptId: given.id }));
    setLive((current) =>
      answer.ok
        ? { receipt: answer.data, readAt: Date.now(), problem: null }
        : { ...current, readAt: Date.now(), problem: answer.problem },
    );
  });

  useEffect(() => {
    if (!isPending) return;
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      await look();
      if (!isStopped) timer = setTimeout(turn, EVERY_MS);
    };
    timer = setTimeout(turn, EVERY_MS);
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, [isPending]);

  return live;
}
