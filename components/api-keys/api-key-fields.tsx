"use client";

import type { FieldProblems } from "@/components/detail/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys.create;
const NAME_LENGTH_MAX = 100;
const LIVES = [7, 30, 90, 180, 365];
const LIFE_DEFAULT = "90";

/** What a key is for, and for how long. */
export function ApiKeyFields({ problems }: { problems: FieldProblems }) {
  return (
    <div className="grid items-start gap-4 md:grid-cols-[2fr_1fr]">
      <Field label={text.name} hint={text.nameHint} error={problems.name} required>
        {(control) => <Input {...control} name="name" maxLength={NAME_LENGTH_MAX} autoComplete="off" dir="auto" />}
      </Field>
      <Field label={text.expiry} error={problems.expiresAt}>
        {({ required: _required, ...control }) => (
          <Select name="days" defaultValue={LIFE_DEFAULT}>
            <SelectTrigger {...control} className="w-full">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {LIVES.map((days) => (
                <SelectItem key={days} value={String(days)}>
                  {text.days(days)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
    </div>
  );
}
