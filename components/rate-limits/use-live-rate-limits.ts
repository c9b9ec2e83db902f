"use client";

import { useEffect, useEffectEvent, useState } from "react";

import { askWithPatience } from "@/components/feedback/ask-with-patience";
import { type RateLimitActions, type RateLimitsNow, rowsNow } from "@/components/rate-limits/rate-limit-actions";
import { rateLimitTopDimensions } from "@/lib/rate-limit-monitor/series-schemas";
import type { ActionProblem, ActionResult } from "@/lib/ui/action-result";

/** Between two looks: whoever is blocked elsewhere is seen here within two seconds. */
const EVERY_MS = 1000;
/** The refusals are read at every second look, the busiest at every fifth. */
const REFUSALS_EVERY = 2;
const TOPS_EVERY = 5;

/** While one of these is open, a person is in the middle of something: nothing below may change. */
const OVERLAY = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** What the live page shows, when it was read, and why the last look failed. */
export type LiveRateLimits = { now: RateLimitsNow; readAt: number; problem: ActionProblem | null };

/**
 * Reads the state of the limiter again every second while the tab is visible and nothing is open above it. A look that
 * fails leaves what is shown and says so. The external systems are the clock, the tab's visibility and the server.
 */
export function useLiveRateLimits(given: RateLimitsNow, actions: RateLimitActions): LiveRateLimits {
  const [last, setLast] = useState(given);
  const [live, setLive] = useState<LiveRateLimits>(() => ({ now: given, readAt: Date.now(), problem: null }));
  if (given !== last) {
    setLast(given);
    setLive({ now: given, readAt: Date.now(), problem: null });
  }

  const look = useEffectEvent(async (turn: number, stopped: () => boolean) => {
    if (document.visibilityState !== "visible" || document.querySelector(OVERLAY)) return;
    const found = await read(actions, turn);
    if (stopped() || document.querySelector(OVERLAY)) return;
    setLive((current) => merge(current, found));
  });

  useEffect(() => {
    let isStopped = false;
    let turns = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      turns += 1;
      await look(turns, () => isStopped);
      if (!isStopped) timer = setTimeout(turn, EVERY_MS);
    };
    timer = setTimeout(turn, EVERY_MS);
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, []);

  return live;
}

type Found = Partial<Omit<RateLimitsNow, "tops">> & { tops?: Partial<RateLimitsNow["tops"]> };

async function read(actions: RateLimitActions, turn: number): Promise<Found> {
  const limits = await askWithPatience(() => actions.limits({}));
  const blocks = await askWithPatience(() => actions.blocks({ limit: rowsNow.blocks }));
  const found: Found = { limits, blocks };
  if (turn % REFUSALS_EVERY === 0) {
    found.refusals = await askWithPatience(() => actions.refusals({ limit: rowsNow.refusals }));
  }
  if (turn % TOPS_EVERY === 0) found.tops = await readTops(actions);
  return found;
}

async function readTops(actions: RateLimitActions): Promise<Partial<RateLimitsNow["tops"]>> {
  const tops: Partial<RateLimitsNow["tops"]> = {};
  for (const dimension of rateLimitTopDimensions) {
    tops[dimension] = await askWithPatience(() => actions.top({ dimension, limit: rowsNow.top }));
  }
  return tops;
}

// A part that could be read once is not taken away by a look that fails: it stays, and is said to be old.
function merge({ now }: LiveRateLimits, found: Found): LiveRateLimits {
  const problems: ActionProblem[] = [];
  const newer = <Part>(shown: ActionResult<Part>, next: ActionResult<Part> | undefined): ActionResult<Part> => {
    if (next === undefined || next.ok) return next ?? shown;
    problems.push(next.problem);
    return shown.ok ? shown : next;
  };
  const { tops = {} } = found;
  const merged = {
    limits: newer(now.limits, found.limits),
    blocks: newer(now.blocks, found.blocks),
    refusals: newer(now.refusals, found.refusals),
    tops: {
      address: newer(now.tops.address, tops.address),
      account: newer(now.tops.account, tops.account),
      path: newer(now.tops.path, tops.path),
      caller: newer(now.tops.caller, tops.caller),
      "caller-operation": newer(now.tops["caller-operation"], tops["caller-operation"]),
      tenant: newer(now.tops.tenant, tops.tenant),
    },
  };
  return { now: merged, readAt: Date.now(), problem: problems[0] ?? null };
}
