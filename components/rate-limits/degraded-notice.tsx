import { TriangleAlertIcon, UnplugIcon } from "lucide-react";

import { RelativeTime } from "@/components/feedback/relative-time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { RateLimits } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.degraded;

/** Says that the limiter works without Redis, since when, and what that means; or that only this page was not answered. */
export function DegradedNotice({ degraded }: { degraded: NonNullable<RateLimits["degraded"]> }) {
  if (degraded.since === null) return <SlowNotice />;
  return (
    <Alert variant="destructive" role="alert">
      <UnplugIcon aria-hidden="true" />
      <AlertTitle>{text.title}</AlertTitle>
      <AlertDescription className="text-foreground">
        <p>{text.body(degraded.instances)}</p>
        <p>
          {text.since} <RelativeTime value={degraded.since} />
        </p>
      </AlertDescription>
    </Alert>
  );
}

// The limiter itself has not lost Redis: one question was answered too late, as on a machine that is just starting.
function SlowNotice() {
  return (
    <Alert variant="warning">
      <TriangleAlertIcon aria-hidden="true" />
      <AlertTitle>{text.slowTitle}</AlertTitle>
      <AlertDescription className="text-foreground">{text.slowBody}</AlertDescription>
    </Alert>
  );
}
