"use client";

import type { ComponentProps } from "react";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/ui/cn";

/** Properties of a button that some may not use; `refusal` says why not, null where they may. */
export type GuardedButtonProps = ComponentProps<typeof Button> & { refusal: string | null };

/**
 * A button that says why it cannot be used. It stays focusable, so that the reason reaches a keyboard too. For display
 * only: the server decides again.
 */
export function GuardedButton({ refusal, onClick, className, ...props }: GuardedButtonProps) {
  if (refusal === null) return <Button onClick={onClick} className={className} {...props} />;
  return (
    <Tooltip label={refusal}>
      <Button
        {...props}
        aria-disabled="true"
        className={cn(className, "cursor-not-allowed! aria-disabled:pointer-events-auto")}
      />
    </Tooltip>
  );
}
