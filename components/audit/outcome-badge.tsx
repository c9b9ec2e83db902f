import { StatusBadge } from "@/components/feedback/status-badge";
import type { AuditEvent } from "@/lib/audit/schemas";

/** How an event ended. */
export function OutcomeBadge({ outcome }: { outcome: AuditEvent["outcome"] }) {
  return <StatusBadge status={outcome === "failure" ? "failed" : outcome} />;
}
