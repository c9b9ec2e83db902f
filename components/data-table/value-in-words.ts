import type { FilterField } from "@/components/data-table/filter-field";
import { formatDay, formatMinute } from "@/lib/ui/format";

/** A filter's value in words. One that is no choice of ours came by a hand-made URL and is shown as it is. */
export function valueInWords({ input }: Pick<FilterField, "input">, value: string): string {
  if (input.kind === "choice") return input.options.find((option) => option.value === value)?.label ?? value;
  if (input.kind === "moment") return formatMinute(value);
  return input.kind === "date" ? formatDay(value) : value;
}
