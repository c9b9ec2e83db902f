"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { copyText } from "@/lib/ui/copy-text";
import { messages } from "@/lib/ui/messages";

const CONFIRM_MS = 1500;

/** Copies a text that is too long to stand in the button's own name. */
export function CopyJsonButton({ json, what }: { json: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(json))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRM_MS);
  };
  const Icon = copied ? CheckIcon : CopyIcon;
  return (
    <Button variant="outline" size="xs" onClick={copy} aria-label={messages.common.copy(what)}>
      <Icon aria-hidden="true" />
      <span role="status">{copied ? messages.common.copied : "JSON"}</span>
    </Button>
  );
}
