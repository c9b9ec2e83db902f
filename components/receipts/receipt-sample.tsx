import { CircleCheckIcon, OctagonAlertIcon } from "lucide-react";

import { ExactTime } from "@/components/receipts/exact-time";
import { deviceName } from "@/components/sessions/session-words";
import type { TriedSession } from "@/lib/sessions/receipt-schemas";
import { cn } from "@/lib/ui/cn";
import { shortenMiddle } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.tried;
const cell = "py-1.5 pr-4 align-top last:pr-0 max-md:py-0.5 print:py-1.5";

/** The ended sessions that were presented to the check again, and what it answered. Nothing where none was. */
export function ReceiptSample({ sample }: { sample: readonly TriedSession[] }) {
  if (sample.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 md:col-span-2 print:col-span-2">
      <h2 className="break-after-avoid font-semibold text-sm">{text.title}</h2>
      <p className="break-after-avoid text-muted-foreground text-xs">{text.hint}</p>
      <table
        className="w-full table-fixed text-start text-[13px] tabular-nums max-md:block print:table!"
        aria-label={text.title}
      >
        <thead className="border-b text-muted-foreground text-xs max-md:sr-only print:not-sr-only print:table-header-group!">
          <tr>
            {columns.map(({ heading, width }) => (
              <th key={heading} scope="col" className={cn("py-2 pr-4 text-start font-medium last:pr-0", width)}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y max-md:block print:table-row-group!">
          {sample.map((tried) => (
            <Row key={tried.sessionId} tried={tried} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const columns = [
  { heading: text.user, width: "w-[36%]" },
  { heading: text.session, width: "w-[28%]" },
  { heading: text.address, width: "w-[20%]" },
  { heading: text.answer, width: "w-[16%]" },
];

function Row({ tried }: { tried: TriedSession }) {
  const { user } = tried;
  return (
    <tr className="break-inside-avoid max-md:flex max-md:flex-col max-md:py-2 print:table-row!">
      <td className={cell}>
        <bdi className="block break-words font-medium">{user.name || user.email || messages.sessions.deletedUser}</bdi>
        {user.name && user.email ? (
          <bdi className="block break-words text-muted-foreground text-xs">{user.email}</bdi>
        ) : null}
      </td>
      <td className={cell}>
        <span className="block break-words">{deviceName(tried)}</span>
        <span className="block font-mono text-[11px] text-muted-foreground" title={tried.sessionId}>
          {shortenMiddle(tried.sessionId, 8, 6)}
        </span>
      </td>
      <td className={`${cell} font-mono text-[12px] [overflow-wrap:anywhere]`} dir="ltr">
        {tried.ipAddress ?? messages.sessions.noAddress}
      </td>
      <td className={cell}>
        <Answer accepted={tried.accepted} />
        <span className="block text-muted-foreground">
          <ExactTime value={tried.triedAt} timeOnly />
        </span>
      </td>
    </tr>
  );
}

function Answer({ accepted }: { accepted: boolean }) {
  const Icon = accepted ? OctagonAlertIcon : CircleCheckIcon;
  return (
    <span
      className={`inline-flex items-center gap-1.5 font-medium ${accepted ? "text-destructive dark:text-red-300" : "text-success"}`}
    >
      <Icon className="size-4 shrink-0" aria-hidden="true" />
      {accepted ? text.accepted : text.refused}
    </span>
  );
}
