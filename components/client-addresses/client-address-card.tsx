import { CircleCheckIcon, RouteOffIcon, TriangleAlertIcon } from "lucide-react";

import { CopyButton } from "@/components/feedback/copy-button";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { ClientAddressFinding, ClientAddressHealth } from "@/lib/client-addresses/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.clientAddresses;

/** How clients' addresses are known, what is wrong with that, and what to do. */
export function ClientAddressCard({ health }: { health: ClientAddressHealth }) {
  const { findings, requests, trustedProxies, source } = health;
  return (
    <Card id="client-addresses" className="mb-5 scroll-mt-20">
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
        <p className="text-[13px] text-muted-foreground">{text.description}</p>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {findings.map((finding) => (
          <Finding key={`${finding.kind} ${finding.address}`} finding={finding} />
        ))}
        {findings.length > 0 ? null : (
          <p className="flex items-center gap-2 text-[13px]">
            <CircleCheckIcon className="size-4 shrink-0 text-success" aria-hidden="true" />
            {requests === 0 ? text.quiet : text.calm}
          </p>
        )}
        <dl className="grid gap-x-6 gap-y-1 text-[13px] sm:grid-cols-[auto_1fr]">
          <dt className="text-muted-foreground">{text.trusted}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {trustedProxies.length === 0 ? (
              text.trustedNone
            ) : (
              <span className="font-mono">{trustedProxies.join(", ")}</span>
            )}
          </dd>
        </dl>
        <p className="text-[13px] text-muted-foreground tabular-nums">
          {text.judged(requests)}. {source === "process" ? text.alone : null}
        </p>
      </CardContent>
    </Card>
  );
}

function Finding({ finding }: { finding: ClientAddressFinding }) {
  const { kind, severity, chain, share, setting } = finding;
  const Icon = severity === "failure" ? RouteOffIcon : TriangleAlertIcon;
  const shareText = kind === "shared-address" ? text.share.accounts : text.share.requests;
  return (
    <Alert variant={severity === "failure" ? "destructive" : "warning"}>
      <Icon aria-hidden="true" />
      <AlertTitle className="wrap-anywhere">{text.finding[kind](finding)}</AlertTitle>
      <AlertDescription className="flex min-w-0 flex-col gap-2 text-foreground">
        <p className="wrap-anywhere">{text.mend[kind](finding)}</p>
        <p className="flex flex-wrap gap-x-4">
          <span>
            {text.observed} <bdi className="font-mono text-[13px] wrap-anywhere">{text.chain(chain)}</bdi>
          </span>
          <span className="tabular-nums">{shareText(share)}</span>
        </p>
        {setting === null ? null : (
          <CopyButton
            value={setting}
            what={text.settingCopied}
            className="w-fit rounded bg-muted px-1.5 py-0.5 font-mono text-[13px]"
          >
            {setting}
          </CopyButton>
        )}
      </AlertDescription>
    </Alert>
  );
}
