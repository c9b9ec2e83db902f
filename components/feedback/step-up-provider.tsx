"use client";

import { type ReactNode, useCallback, useState } from "react";

import { StepUpContext } from "@/components/feedback/step-up-context";
import { StepUpDialog } from "@/components/feedback/step-up-dialog";

/** Holds the one dialog in which people confirm that it is them, for every act below. `email` is the viewer's. */
export function StepUpProvider({ email, children }: { email: string; children: ReactNode }) {
  const [asked, setAsked] = useState<((confirmed: boolean) => void) | null>(null);
  const ask = useCallback(() => new Promise<boolean>((resolve) => setAsked(() => resolve)), []);
  const settle = (confirmed: boolean) => {
    asked?.(confirmed);
    setAsked(null);
  };
  return (
    <StepUpContext value={ask}>
      {children}
      {asked ? <StepUpDialog email={email} onConfirmed={() => settle(true)} onClose={() => settle(false)} /> : null}
    </StepUpContext>
  );
}
