import { BuildingIcon, CalendarIcon, KeyRoundIcon, NetworkIcon, UserIcon } from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import type { SessionsPlace } from "@/components/sessions/sessions-columns";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.filter;

const ofUser: FilterField = {
  id: "userId",
  label: text.user,
  icon: UserIcon,
  operators: [{ parameter: "userId", label: text.is }],
  input: { kind: "text", hint: text.userHint },
};

const common: readonly FilterField[] = [
  {
    id: "ip",
    label: text.address,
    icon: NetworkIcon,
    operators: [{ parameter: "ip", label: text.in }],
    input: { kind: "text", placeholder: text.addressPlaceholder, hint: text.addressHint },
  },
  {
    id: "method",
    label: text.method,
    icon: KeyRoundIcon,
    operators: [{ parameter: "method", label: text.is }],
    input: { kind: "choice", options: [{ value: "password", label: messages.sessions.method.password ?? "password" }] },
  },
  {
    id: "tenant",
    label: text.tenant,
    icon: BuildingIcon,
    operators: [{ parameter: "tenant", label: text.is }],
    input: {
      kind: "text",
      placeholder: messages.users.filter.tenantPlaceholder,
      hint: messages.users.filter.tenantHint,
    },
  },
  {
    id: "created",
    label: text.created,
    icon: CalendarIcon,
    operators: [
      { parameter: "createdAfter", label: text.after },
      { parameter: "createdBefore", label: text.before },
    ],
    input: { kind: "date" },
  },
];

/** What a list of sessions can be narrowed by: not by what its place already says. */
export const sessionsFilters = ({ inTenant, ofOneUser }: SessionsPlace): readonly FilterField[] => {
  const fields = inTenant ? common.filter(({ id }) => id !== "tenant") : common;
  return ofOneUser ? fields : [ofUser, ...fields];
};
