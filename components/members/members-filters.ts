import { ShieldIcon } from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import { messages } from "@/lib/ui/messages";

const text = messages.members.filter;

/** What the list of members can be narrowed by. */
export const membersFilters = (roles: readonly { id: string; name: string }[]): readonly FilterField[] => [
  {
    id: "role",
    label: text.role,
    icon: ShieldIcon,
    operators: [{ parameter: "role", label: text.is }],
    input: { kind: "choice", options: roles.map(({ id, name }) => ({ value: id, label: name })) },
  },
];
