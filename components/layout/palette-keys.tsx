"use client";

import { useSyncExternalStore } from "react";

import { Kbd } from "@/components/ui/kbd";

const noSubscription = () => () => {};

/** The keys that open the command palette, as they are printed on the person's keyboard. */
export function PaletteKeys() {
  const isApple = useSyncExternalStore(
    noSubscription,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
  return <Kbd aria-hidden="true">{isApple ? "⌘K" : "Ctrl K"}</Kbd>;
}
