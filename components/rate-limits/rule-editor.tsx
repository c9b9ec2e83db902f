"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { ruleName } from "@/components/rate-limits/rate-limit-words";
import { RulePreview } from "@/components/rate-limits/rule-preview";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { RateLimitRule } from "@/lib/rate-limit-monitor/rule-schemas";
import { rateLimitMode } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.editor;
const { modeHint, mode: modeWords } = messages.rateLimits;

type RuleEditorProps = {
  rule: RateLimitRule;
  actions: Pick<RateLimitActions, "preview" | "update">;
  onClose: () => void;
};

/** Changes a rule, with what the change would have done over the last 24 hours shown before it is saved. */
export function RuleEditor({ rule, actions, onClose }: RuleEditorProps) {
  const [limit, setLimit] = useState(String(rule.limit));
  const [windowSeconds, setWindowSeconds] = useState(String(rule.windowSeconds));
  const [mode, setMode] = useState(rule.mode);
  const name = ruleName(rule.rule);
  const problemOf = {
    limit: problemIn(limit, rule.bounds.limit),
    windowSeconds: problemIn(windowSeconds, rule.bounds.windowSeconds),
  };
  const proposal = { rule: rule.rule, limit: Number(limit), windowSeconds: Number(windowSeconds) };
  const isPossible = problemOf.limit === undefined && problemOf.windowSeconds === undefined;
  const resetToDefaults = () => {
    setLimit(String(rule.defaults.limit));
    setWindowSeconds(String(rule.defaults.windowSeconds));
  };
  return (
    <FormDialog
      title={text.title(name)}
      description={rule.summary}
      submit={text.submit}
      busy={text.busy}
      check={() => problemOf}
      perform={() => actions.update({ ...proposal, mode })}
      onDone={() => toast.success(text.done(name))}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <NumberField
              name="limit"
              label={text.limit}
              value={limit}
              bounds={rule.bounds.limit}
              error={problems.limit}
              onChange={setLimit}
            />
            <NumberField
              name="windowSeconds"
              label={text.window}
              value={windowSeconds}
              bounds={rule.bounds.windowSeconds}
              error={problems.windowSeconds}
              onChange={setWindowSeconds}
            />
          </div>
          <Field label={text.mode} hint={modeHint[mode]} error={problems.mode}>
            {({ required: _required, ...control }) => (
              <Select value={mode} onValueChange={(next) => setMode(rateLimitMode.parse(next))}>
                <SelectTrigger {...control} className="w-full">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {rateLimitMode.options.map((value) => (
                    <SelectItem key={value} value={value}>
                      {modeWords[value]}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            )}
          </Field>
          <Button variant="secondary" size="xs" className="w-fit" onClick={resetToDefaults}>
            {text.reset}
          </Button>
          <RulePreview proposal={isPossible ? proposal : null} mode={mode} read={actions.preview} />
        </>
      )}
    </FormDialog>
  );
}

type NumberFieldProps = {
  name: string;
  label: string;
  value: string;
  bounds: { min: number; max: number };
  error: string | undefined;
  onChange: (value: string) => void;
};

function NumberField({ name, label, value, bounds, error, onChange }: NumberFieldProps) {
  return (
    <Field label={label} hint={text.range(bounds.min, bounds.max)} error={error} required>
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value.trim())}
          className="tabular-nums"
        />
      )}
    </Field>
  );
}

function problemIn(value: string, { min, max }: { min: number; max: number }): string | undefined {
  const isWhole = /^\d{1,7}$/.test(value);
  return isWhole && Number(value) >= min && Number(value) <= max ? undefined : text.outOfRange(min, max);
}
