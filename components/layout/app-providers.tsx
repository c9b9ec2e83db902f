"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";

import { ClockProvider } from "@/components/feedback/clock-provider";
import { NonceProvider } from "@/components/ui/nonce-provider";
import { Toaster } from "@/components/ui/sonner";
import { TooltipProvider } from "@/components/ui/tooltip";

const TOOLTIP_DELAY_MS = 300;

/** Properties of what stands around every page. `nonce` lets the theme's inline script pass the content policy. */
export type AppProvidersProps = { nonce: string | undefined; renderedAt: number; children: ReactNode };

/** Theme, clock, URL state, tooltips and toasts. */
export function AppProviders({ nonce, renderedAt, children }: AppProvidersProps) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <ClockProvider renderedAt={renderedAt}>
        <NuqsAdapter>
          <NonceProvider nonce={nonce}>
            <TooltipProvider delayDuration={TOOLTIP_DELAY_MS}>{children}</TooltipProvider>
          </NonceProvider>
        </NuqsAdapter>
      </ClockProvider>
      <Toaster />
    </ThemeProvider>
  );
}
