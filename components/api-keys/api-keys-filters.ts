import { BuildingIcon, CircleDotIcon } from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import { apiKeyStatuses } from "@/lib/api-keys/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys;

const fields: readonly FilterField[] = [
  {
    id: "status",
    label: text.filter.status,
    icon: CircleDotIcon,
    operators: [{ parameter: "status", label: text.filter.is }],
    input: { kind: "choice", options: apiKeyStatuses.map((value) => ({ value, label: text.status[value] })) },
  },
  {
    id: "tenant",
    label: text.filter.tenant,
    icon: BuildingIcon,
    operators: [{ parameter: "tenant", label: text.filter.is }],
    input: { kind: "text", placeholder: text.filter.tenantPlaceholder, hint: text.filter.tenantHint },
  },
];

/** What the list of keys can be narrowed by; in a tenant the tenant is given. */
export const apiKeysFilters = (inTenant: boolean): readonly FilterField[] =>
  inTenant ? fields.filter(({ id }) => id !== "tenant") : fields;
