import {
  ActivityIcon,
  BuildingIcon,
  CalendarIcon,
  CircleDotIcon,
  HashIcon,
  NetworkIcon,
  TargetIcon,
  UserIcon,
} from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import { auditOutcomes } from "@/lib/audit/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.audit.filter;

const only = (parameter: string) => [{ parameter, label: text.is }] as const;

/** Where a log stands: in one tenant, on the page of one user. What is given there cannot be asked for. */
export type AuditPlace = { inTenant: boolean; ofOneUser: boolean };

/** What the audit log can be narrowed by. */
export const auditFilters = ({ inTenant, ofOneUser }: AuditPlace): readonly FilterField[] =>
  fields.filter(({ id }) => !(ofOneUser && id === "target") && !(inTenant && id === "tenant"));

const fields: readonly FilterField[] = [
  {
    id: "action",
    label: text.action,
    icon: ActivityIcon,
    operators: only("action"),
    input: {
      kind: "choice",
      options: Object.keys(messages.audit.act).map((action) => ({ value: action, label: action })),
    },
  },
  {
    id: "outcome",
    label: text.outcome,
    icon: CircleDotIcon,
    operators: only("outcome"),
    input: {
      kind: "choice",
      options: auditOutcomes.map((outcome) => ({ value: outcome, label: messages.audit.outcome[outcome] })),
    },
  },
  {
    id: "tenant",
    label: text.tenant,
    icon: BuildingIcon,
    operators: only("tenant"),
    input: { kind: "text", placeholder: text.tenantPlaceholder, hint: text.tenantHint },
  },
  {
    id: "actor",
    label: text.actor,
    icon: UserIcon,
    operators: only("actor"),
    input: { kind: "text", hint: text.actorHint },
  },
  {
    id: "target",
    label: text.target,
    icon: TargetIcon,
    operators: only("target"),
    input: { kind: "text", hint: text.targetHint },
  },
  {
    id: "ip",
    label: text.address,
    icon: NetworkIcon,
    operators: only("ip"),
    input: { kind: "text", hint: text.addressHint },
  },
  {
    id: "requestId",
    label: text.requestId,
    icon: HashIcon,
    operators: only("requestId"),
    input: { kind: "text", hint: text.requestHint },
  },
  {
    id: "time",
    label: text.time,
    icon: CalendarIcon,
    operators: [
      { parameter: "from", label: text.from },
      { parameter: "to", label: text.to },
    ],
    input: { kind: "date" },
  },
];
