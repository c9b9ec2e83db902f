import { BuildingIcon, CircleDotIcon, GaugeIcon, ShapesIcon } from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import { rateLimitBlockKinds } from "@/lib/rate-limit-monitor/block-schemas";
import { rateLimitExemptionKinds } from "@/lib/rate-limit-monitor/exemption-schemas";
import { rateLimitDimension, rateLimitRuleKey } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const { blocks, exemptions, rule, dimension } = messages.rateLimits;

const choices = (values: readonly string[], words: Record<string, string>): FilterField["input"] => ({
  kind: "choice",
  options: values.map((value) => ({ value, label: words[value] ?? value })),
});

const tenant: FilterField = {
  id: "tenant",
  label: blocks.filter.tenant,
  icon: BuildingIcon,
  operators: [{ parameter: "tenant", label: blocks.filter.is }],
  input: { kind: "text", hint: blocks.filter.tenantHint },
};

const ofBlocks: readonly FilterField[] = [
  {
    id: "kind",
    label: blocks.filter.kind,
    icon: ShapesIcon,
    operators: [{ parameter: "kind", label: blocks.filter.is }],
    input: choices(rateLimitBlockKinds, blocks.kind),
  },
  {
    id: "rule",
    label: blocks.filter.rule,
    icon: GaugeIcon,
    operators: [{ parameter: "rule", label: blocks.filter.is }],
    input: choices(rateLimitRuleKey.options, rule),
  },
  {
    id: "dimension",
    label: blocks.filter.dimension,
    icon: ShapesIcon,
    operators: [{ parameter: "dimension", label: blocks.filter.is }],
    input: choices(rateLimitDimension.options, dimension),
  },
  tenant,
];

const ofExemptions: readonly FilterField[] = [
  {
    id: "kind",
    label: exemptions.filter.kind,
    icon: ShapesIcon,
    operators: [{ parameter: "kind", label: exemptions.filter.is }],
    input: choices(rateLimitExemptionKinds, exemptions.kind),
  },
  {
    id: "status",
    label: exemptions.filter.status,
    icon: CircleDotIcon,
    operators: [{ parameter: "status", label: exemptions.filter.is }],
    input: choices(["active", "expired"], exemptions.status),
  },
  tenant,
];

const withoutTenant = (fields: readonly FilterField[]) => fields.filter(({ id }) => id !== "tenant");

/** What the list of blocks can be narrowed by; in a tenant the tenant is given. */
export const blocksFilters = (inTenant: boolean) => (inTenant ? withoutTenant(ofBlocks) : ofBlocks);

/** What the allow-list can be narrowed by; in a tenant the tenant is given. */
export const exemptionsFilters = (inTenant: boolean) => (inTenant ? withoutTenant(ofExemptions) : ofExemptions);
