"use client";

import { CheckIcon, DownloadIcon, LinkIcon } from "lucide-react";
import { useState } from "react";

import { PrintButton } from "@/components/receipts/print-button";
import { useScope } from "@/components/scope/scope-provider";
import { Button } from "@/components/ui/button";
import { copyText } from "@/lib/ui/copy-text";
import { messages } from "@/lib/ui/messages";
import { scopePath, slugOf } from "@/lib/ui/scope-path";

const text = messages.receipts;
const CONFIRM_MS = 1500;

/** What can be done with a receipt: pass on its permanent link, keep the API's answer, print it. */
export function ReceiptButtons({ receiptId }: { receiptId: string }) {
  const slug = slugOf(useScope());
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const link = new URL(scopePath(slug, `/receipts/${receiptId}`), window.location.origin);
    if (!(await copyText(link.href))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRM_MS);
  };
  const Icon = copied ? CheckIcon : LinkIcon;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <Button variant="outline" size="sm" onClick={copy} aria-label={text.copyLink}>
        <Icon aria-hidden="true" />
        <span role="status">{copied ? text.linkCopied : text.copyLink}</span>
      </Button>
      <Button variant="outline" size="sm" asChild>
        <a
          href={`/api/v1${slug === null ? "" : `/tenants/${encodeURIComponent(slug)}`}/sessions/revocations/${receiptId}`}
          download={`gatehouse-receipt-${receiptId}.json`}
          aria-label={text.downloadLabel}
        >
          <DownloadIcon aria-hidden="true" />
          {text.download}
        </a>
      </Button>
      <PrintButton />
    </div>
  );
}
