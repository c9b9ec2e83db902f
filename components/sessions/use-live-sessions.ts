"use client";

import { useEffect, useState } from "react";

import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

/** How many sessions a user has now: being counted, counted (up to a bound), or not to be had. */
export type LiveSessions =
  | { state: "counting" }
  | { state: "counted"; count: number; capped: boolean }
  | { state: "unknown" };

/** Reads a user as the server has it now, with the count of live sessions. */
export type ReadLiveSessions = (input: {
  userId: string;
}) => Promise<ActionResult<{ activeSessions: { count: number; capped: boolean } }>>;

/** Asks the server, once a dialog is open, how much the act will hit at this moment. */
export function useLiveSessions(userId: string, read: ReadLiveSessions): LiveSessions {
  const [live, setLive] = useState<LiveSessions>({ state: "counting" });
  useEffect(() => {
    let stale = false;
    const settle = (next: LiveSessions) => (stale ? undefined : setLive(next));
    read({ userId }).then(
      (result) => settle(result.ok ? { state: "counted", ...result.data.activeSessions } : { state: "unknown" }),
      () => settle({ state: "unknown" }),
    );
    return () => {
      stale = true;
    };
  }, [userId, read]);
  return live;
}

/** What happens to the sessions, as the beginning of a sentence: "Their 3 live sessions end". */
export function sessionsSentence(live: LiveSessions): string {
  const text = messages.sessions.end;
  if (live.state !== "counted") return text.sentenceUnknown;
  return live.count === 0 ? text.sentenceNone : text.sentence(live.count, live.capped);
}
