"use client";

import { LoaderCircleIcon } from "lucide-react";

import { useHydrated } from "@/components/auth/use-hydrated";
import { Button } from "@/components/ui/button";

/** The one button of an authentication form; it waits until the page is interactive, and while the request runs. */
export function SubmitButton({ pending, children, busy }: { pending: boolean; children: string; busy: string }) {
  const hydrated = useHydrated();
  return (
    <Button type="submit" className="w-full" disabled={!hydrated || pending} aria-busy={pending}>
      {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
      {pending ? busy : children}
    </Button>
  );
}
