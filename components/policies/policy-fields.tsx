"use client";

import type { NumberRule } from "@/components/policies/number-rules";
import type { PolicyDraft } from "@/components/policies/policy-draft";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { type PasswordClass, passwordClasses } from "@/lib/policies/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;
/** A select has no empty value: this stands for it. */
const UNSET = "unset";

/** What every field of the form is given. */
export type PolicyFieldProps = {
  draft: PolicyDraft;
  problem?: string | undefined;
  /** What an empty field means here. */
  absent: string;
  locked: boolean;
  onChange: (part: Partial<PolicyDraft>) => void;
};

/** A rule that is a number, with its unit. */
export function NumberField({
  rule,
  draft,
  problem,
  absent,
  locked,
  onChange,
}: PolicyFieldProps & { rule: NumberRule }) {
  const { label, hint, unit } = text.field[rule];
  return (
    <Field label={label} hint={hint} error={problem}>
      {(control) => (
        <span className="flex items-center gap-2.5">
          <Input
            {...control}
            name={rule}
            inputMode="decimal"
            value={draft[rule]}
            placeholder={absent}
            readOnly={locked}
            autoComplete="off"
            className="max-w-48 tabular-nums"
            onChange={(event) => onChange({ [rule]: event.target.value })}
          />
          <span className="text-muted-foreground text-sm">{unit.many}</span>
        </span>
      )}
    </Field>
  );
}

type Choice<Value extends string> = { value: Value; label: string };

type ChoiceFieldProps<Value extends string> = Pick<PolicyFieldProps, "problem" | "absent" | "locked"> & {
  label: string;
  hint: string;
  value: Value | "";
  choices: readonly Choice<Value>[];
  onChoose: (value: Value | "") => void;
};

/** A rule that is one of few. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { label, hint, problem, absent, locked, value, choices, onChoose } = props;
  return (
    <Field label={label} hint={hint} error={problem}>
      {({ required: _required, ...control }) => (
        <Select
          value={value === "" ? UNSET : value}
          onValueChange={(chosen) => onChoose(choices.find((choice) => choice.value === chosen)?.value ?? "")}
          disabled={locked}
        >
          <SelectTrigger {...control} className="w-full max-w-72">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={UNSET}>{absent}</SelectItem>
            {choices.map((choice) => (
              <SelectItem key={choice.value} value={choice.value}>
                {choice.label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}

/** The kinds of characters that a password must have. What the platform asks for is ticked and stays so. */
export function CompositionField({
  draft,
  problem,
  locked,
  bound,
  onChange,
}: PolicyFieldProps & { bound: readonly PasswordClass[] }) {
  const { label, hint } = text.field.passwordComposition;
  const set = (name: PasswordClass, on: boolean) => {
    const next = new Set(draft.passwordComposition);
    if (on) next.add(name);
    else next.delete(name);
    onChange({ passwordComposition: next });
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium text-sm leading-none">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {passwordClasses.map((name) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside.
          <label key={name} className="flex items-center gap-2.5 text-[13px]">
            <Checkbox
              checked={draft.passwordComposition.has(name) || bound.includes(name)}
              disabled={locked || bound.includes(name)}
              onCheckedChange={(on) => set(name, on)}
            />
            {text.class[name]}
          </label>
        ))}
      </div>
      <p className="text-muted-foreground text-xs">{hint}</p>
      {problem ? (
        <p role="alert" className="text-destructive text-xs dark:text-red-400">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}

/** The addresses from which people may enter, one a line. */
export function AddressesField({ draft, problem, absent, locked, onChange }: PolicyFieldProps) {
  const { label, hint } = text.field.allowedAddresses;
  return (
    <Field label={label} hint={hint} error={problem}>
      {(control) => (
        <Textarea
          {...control}
          name="allowedAddresses"
          rows={3}
          value={draft.allowedAddresses}
          placeholder={absent}
          readOnly={locked}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-[13px]"
          onChange={(event) => onChange({ allowedAddresses: event.target.value })}
        />
      )}
    </Field>
  );
}
