"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";

import type { ListPage } from "@/components/data-table/list-page";
import {
  type LivePageState,
  mergeFailure,
  mergePage,
  showWaiting,
  startOf,
} from "@/components/data-table/live-page-state";
import { askWithPatience } from "@/components/feedback/ask-with-patience";
import type { ActionResult } from "@/lib/ui/action-result";

/** Between two looks. */
const EVERY_MS = 5000;

/** While one of these is open, a person is in the middle of something: nothing below may change. */
const OVERLAY = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const IN_USE = "[data-table-row][data-state=selected], [data-table-row]:focus-within";

type LivePageOptions<Row> = {
  enabled: boolean;
  /** The page as the server rendered it; a new one starts everything anew. */
  page: ListPage<Row> | null;
  /** Reads the same page again. */
  read: () => Promise<ActionResult<ListPage<Row>>>;
  rowId: (row: Row) => string;
  /** What holds the rows: while one of them is selected or in focus, or the page is scrolled, rows keep their places. */
  region: RefObject<HTMLElement | null>;
};

/** A page that keeps itself fresh, and the way to let in what it has held back. */
export type LivePage<Row> = LivePageState<Row> & { show: () => void };

/**
 * Reads a list's page again every few seconds while the tab is visible and nothing is open above it. What a person has
 * selected stays where it is: rows change in place, and those that are new wait until they are asked for. A look that
 * fails leaves the rows and says since when they are old; the next one that succeeds takes it back. The external
 * systems are the clock, the tab's visibility and the server.
 */
export function useLivePage<Row>({ enabled, page, read, rowId, region }: LivePageOptions<Row>): LivePage<Row> {
  const [given, setGiven] = useState(page);
  const [state, setState] = useState<LivePageState<Row>>(() => startOf(page));
  if (page !== given) {
    setGiven(page);
    setState(startOf(page));
  }

  const look = useEffectEvent(async (stopped: () => boolean) => {
    if (document.visibilityState !== "visible" || document.querySelector(OVERLAY)) return;
    const answer = await askWithPatience(read);
    // Something was opened while the answer was on its way: it is not to change underneath.
    if (stopped() || document.querySelector(OVERLAY)) return;
    const held = isInUse(region.current);
    setState((current) =>
      answer.ok
        ? mergePage(current, answer.data, { at: Date.now(), held, rowId })
        : mergeFailure(current, answer.problem),
    );
  });

  useEffect(() => {
    if (!enabled) return;
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      clearTimeout(timer);
      await look(() => isStopped);
      if (!isStopped) timer = setTimeout(turn, EVERY_MS);
    };
    const onVisible = () => (document.visibilityState === "visible" ? void turn() : undefined);
    void turn();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [enabled]);

  return { ...state, show: () => setState(showWaiting) };
}

function isInUse(region: HTMLElement | null): boolean {
  if (!region) return false;
  return region.querySelector(IN_USE) !== null || region.getBoundingClientRect().top < 0;
}
