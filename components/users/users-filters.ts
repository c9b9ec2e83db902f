import { BadgeCheckIcon, BuildingIcon, CalendarIcon, CircleDotIcon, ClockIcon, ShieldIcon } from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import type { RoleChoice } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import { userStatuses } from "@/lib/users/schemas";

const text = messages.users.filter;

/** What the users list can be narrowed by; in a tenant the tenant is given. */
export const usersFilters = (roles: readonly RoleChoice[], inTenant: boolean): readonly FilterField[] =>
  inTenant ? fieldsOf(roles).filter(({ id }) => id !== "tenant") : fieldsOf(roles);

const fieldsOf = (roles: readonly RoleChoice[]): readonly FilterField[] => [
  {
    id: "status",
    label: text.status,
    icon: CircleDotIcon,
    operators: [{ parameter: "status", label: text.is }],
    input: { kind: "choice", options: userStatuses.map((status) => ({ value: status, label: text[status] })) },
  },
  {
    id: "role",
    label: text.role,
    icon: ShieldIcon,
    operators: [{ parameter: "role", label: text.is }],
    input: { kind: "choice", options: roles.map(({ id, name }) => ({ value: id, label: name })) },
  },
  {
    id: "tenant",
    label: text.tenant,
    icon: BuildingIcon,
    operators: [{ parameter: "tenant", label: text.is }],
    input: { kind: "text", placeholder: text.tenantPlaceholder, hint: text.tenantHint },
  },
  {
    id: "verified",
    label: text.verified,
    icon: BadgeCheckIcon,
    operators: [{ parameter: "emailVerified", label: text.is }],
    input: {
      kind: "choice",
      options: [
        { value: "true", label: text.yes },
        { value: "false", label: text.no },
      ],
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
  {
    id: "lastSeen",
    label: text.lastSeen,
    icon: ClockIcon,
    operators: [{ parameter: "lastSeenBefore", label: text.before }],
    input: { kind: "date" },
  },
];
