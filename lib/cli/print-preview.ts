import type { RevocationPreview } from "@/lib/sessions/preview-schemas";
import { formatNumber, formatQuantity } from "@/lib/ui/format";
import { formatDocument, formatTable } from "./cli-output";
import { exact, relative } from "./format-time";

const sessions = { one: "session", many: "sessions" };
const users = { one: "user", many: "users" };

/** A preview as a document for people: what would end and what would not, and some of the sessions. */
export function formatPreview(preview: RevocationPreview): string {
  const { matching, capped, breakdown, leftOut } = preview;
  const more = capped ? "more than " : "";
  const document = formatDocument("Nothing has been ended. This would end:", [
    ["Sessions", more + formatQuantity(matching, sessions)],
    ["Users", more + formatQuantity(preview.users, users)],
    [
      "By tenant",
      breakdown.tenants.map(({ tenant, sessions: n }) => `${tenant?.slug ?? "none"} ${formatNumber(n)}`).join(", "),
    ],
    [
      "By device",
      breakdown.devices.map(({ device, sessions: n }) => `${device ?? "unknown"} ${formatNumber(n)}`).join(", "),
    ],
    ["Left out", leftOut.sessions === 0 ? "none" : formatQuantity(leftOut.sessions, sessions)],
    ["As of", exact(preview.asOf)],
  ]);
  return matching === 0 ? document : `${document}\n\n${formatSample(preview)}`;
}

function formatSample({ sample }: RevocationPreview): string {
  const columns = [
    { title: "user", cell: (row: Sampled) => row.user.email ?? row.user.id },
    { title: "signed in", cell: (row: Sampled) => relative(row.createdAt) },
    { title: "browser", cell: (row: Sampled) => row.browser },
    { title: "address", cell: (row: Sampled) => row.ipAddress },
    { title: "id", cell: (row: Sampled) => row.id },
  ];
  return formatTable(columns, sample, "");
}

type Sampled = RevocationPreview["sample"][number];
