"use client";

import { useEffect, useState } from "react";

import { FormNotice } from "@/components/auth/form-notice";
import { saySessionEnd } from "@/components/auth/say-session-end";
import { useHydrated } from "@/components/auth/use-hydrated";
import { forgetSession } from "@/lib/auth/auth-client";
import type { SessionEnd } from "@/lib/sessions/end-schemas";
import { formatExact } from "@/lib/ui/format";

/** Properties of the notice. `end` is null where nobody knows why the session is over. */
export type SignedOutNoticeProps = { end: SessionEnd | null };

/** Why one was signed out, when, and what to do. It is said once: the browser's dead cookie goes as soon as it stands here. */
export function SignedOutNotice({ end }: SignedOutNoticeProps) {
  // What was said at first stays, also when the page is drawn anew without the cookie.
  const [told] = useState(end);
  // The browser's cookies, which no script can reach by itself.
  useEffect(() => void forgetSession(), []);
  const { why, next } = saySessionEnd(told);
  return (
    <FormNotice>
      <p>{why}</p>
      <p className="text-muted-foreground">
        {told?.endedAt ? <EndedAt value={told.endedAt} /> : null}
        {next}
      </p>
    </FormNotice>
  );
}

// In UTC until the page is interactive, then in the person's own zone; either way the zone is named.
function EndedAt({ value }: { value: string }) {
  const hydrated = useHydrated();
  return (
    <>
      <time dateTime={value} className="tabular-nums">
        {formatExact(new Date(value).getTime(), hydrated ? undefined : "UTC")}
      </time>
      {". "}
    </>
  );
}
