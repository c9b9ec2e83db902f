import { EyeIcon, ShieldCheckIcon } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import type { RateLimitState } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.mode;

/** Whether a rule refuses, or only counts. */
export function RuleMode({ mode }: { mode: RateLimitState["mode"] }) {
  const Icon = mode === "enforce" ? ShieldCheckIcon : EyeIcon;
  return (
    <Badge variant={mode === "enforce" ? "success" : "warning"}>
      <Icon aria-hidden="true" />
      {text[mode]}
    </Badge>
  );
}
