"use client";

import { PrinterIcon } from "lucide-react";

import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** Prints the page, or saves it as a PDF. */
export function PrintButton() {
  return (
    <Button variant="outline" size="sm" onClick={() => window.print()}>
      <PrinterIcon aria-hidden="true" />
      {messages.receipts.print}
    </Button>
  );
}
