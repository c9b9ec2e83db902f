"use client";

import { LoaderCircleIcon, VenetianMaskIcon } from "lucide-react";
import { useTransition } from "react";
import { toast } from "sonner";

import { useHydrated } from "@/components/auth/use-hydrated";
import { RelativeTime } from "@/components/feedback/relative-time";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.impersonation;

/** Properties of the banner: who acts as whom, and until when. */
export type ImpersonationBannerProps = {
  by: string;
  as: string;
  expiresAt: string | null;
  stop: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
};

/** Stands above everything while somebody is acted as; goes only by stopping. */
export function ImpersonationBanner({ by, as, expiresAt, stop }: ImpersonationBannerProps) {
  // A click before the page works would be lost, and the way back must not be.
  const hydrated = useHydrated();
  const [stopping, startStopping] = useTransition();
  const end = () =>
    startStopping(async () => {
      const result = await stop({}).catch(() => null);
      // A full load, so that nothing that was shown to the other account stays.
      if (result?.ok) return window.location.assign("/");
      toast.error(text.stopFailed, { description: result?.problem.detail ?? messages.destructive.unreachable });
    });
  return (
    <section
      aria-label={text.act}
      className="sticky top-0 z-50 flex h-16 items-center justify-center gap-x-4 bg-amber-300 px-4 text-[13px] text-amber-950 md:h-10"
    >
      <p className="flex min-w-0 items-center gap-2">
        <VenetianMaskIcon className="size-4 shrink-0" aria-hidden="true" />
        <bdi className="line-clamp-2 font-medium md:line-clamp-1">{text.banner(by, as)}</bdi>
      </p>
      {expiresAt ? (
        <p className="shrink-0 max-sm:hidden">
          {text.until} <RelativeTime value={expiresAt} className="font-medium" />
        </p>
      ) : null}
      <Button
        size="xs"
        className="bg-amber-950 text-amber-50 hover:bg-amber-900"
        onClick={end}
        disabled={!hydrated || stopping}
        aria-busy={stopping}
      >
        {stopping ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
        {stopping ? text.stopping : text.stop}
      </Button>
    </section>
  );
}
