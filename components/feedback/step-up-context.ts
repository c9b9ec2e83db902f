"use client";

import { createContext, useCallback, useContext } from "react";

import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

/** Performs an act; where it asks for a fresh proof, asks the person for their password and performs it again. */
export type WithStepUp = <Output>(act: () => Promise<ActionResult<Output>>) => Promise<ActionResult<Output>>;

/** Asks the person to confirm that it is them; answers whether they did. */
export const StepUpContext = createContext<() => Promise<boolean>>(() => Promise.resolve(false));

/** The way to perform acts that may ask for a fresh proof. Every dialog uses it; an act outside of one should, too. */
export function useStepUp(): WithStepUp {
  const ask = useContext(StepUpContext);
  return useCallback<WithStepUp>(
    async (act) => {
      const result = await act();
      if (result.ok || result.problem.code !== "STEP_UP_REQUIRED") return result;
      if (await ask()) return act();
      return { ok: false, problem: { ...result.problem, detail: messages.stepUp.declined } };
    },
    [ask],
  );
}
