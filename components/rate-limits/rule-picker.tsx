import { sumCounts } from "@/components/rate-limits/counts-figures";
import { ruleName } from "@/components/rate-limits/rate-limit-words";
import type { RateLimitRuleKey, RateLimitState } from "@/lib/rate-limit-monitor/schemas";
import { cn } from "@/lib/ui/cn";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.chart;

type RulePickerProps = {
  rules: readonly RateLimitState[];
  /** Null: all rules together. */
  chosen: RateLimitRuleKey | null;
  onChoose: (rule: RateLimitRuleKey | null) => void;
};

/** Every rule with what it allowed and refused in the hour; the pressed one is what the chart shows. */
export function RulePicker({ rules, chosen, onChoose }: RulePickerProps) {
  const all = sumCounts(rules);
  return (
    <fieldset className="flex min-w-0 flex-col">
      <legend className="sr-only">{text.rules}</legend>
      <div aria-hidden="true" className="flex justify-end gap-4 px-2 pb-1 text-[11px] text-muted-foreground">
        <span className="w-14 text-end">{text.allowed}</span>
        <span className="w-14 text-end">{text.refused}</span>
      </div>
      <Choice name={text.all} counts={all} pressed={chosen === null} onPress={() => onChoose(null)} />
      {rules.map((state) => (
        <Choice
          key={state.rule}
          name={ruleName(state.rule)}
          counts={state}
          pressed={chosen === state.rule}
          onPress={() => onChoose(state.rule)}
        />
      ))}
    </fieldset>
  );
}

type ChoiceProps = {
  name: string;
  counts: { allowed: number; refused: number };
  pressed: boolean;
  onPress: () => void;
};

function Choice({ name, counts, pressed, onPress }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={cn(
        "flex min-h-8 items-center gap-4 rounded-md px-2 text-start text-[13px] outline-none transition-colors duration-150 hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring",
        pressed && "bg-selected font-medium",
      )}
    >
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="w-14 text-end tabular-nums">{formatNumber(counts.allowed)}</span>
      <span className={cn("w-14 text-end tabular-nums", counts.refused > 0 && "text-destructive dark:text-red-400")}>
        {formatNumber(counts.refused)}
      </span>
    </button>
  );
}
