"use client";

import { RadioIcon } from "lucide-react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** Turns a list's live updates on and off. */
export function LiveToggle({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Button
      variant="outline"
      size="sm"
      aria-pressed={on}
      onClick={() => onChange(!on)}
      className={cn(on && "border-success/50 bg-success/8 text-success hover:bg-success/12 hover:text-success")}
    >
      <RadioIcon aria-hidden="true" />
      {messages.table.live.toggle}
    </Button>
  );
}
