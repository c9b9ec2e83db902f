"use client";

import { useEffect, useState } from "react";

import { formatDuration } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.blocks;

/**
 * The true time left of a block, counting down between two answers of the server. `secondsLeft` is what the server said
 * at `readAt`, so that the browser's clock need not be right; null: until it is cleared.
 */
export function TimeLeft({ secondsLeft, readAt }: { secondsLeft: number | null; readAt: number }) {
  const [now, setNow] = useState(readAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (secondsLeft === null) return <span>{text.untilCleared}</span>;
  const left = secondsLeft - Math.max(0, Math.round((now - readAt) / 1000));
  return <span className="tabular-nums">{left > 0 ? formatDuration(left) : text.over}</span>;
}
