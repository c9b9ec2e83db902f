"use client";

import type { RoleDraft } from "@/components/roles/role-draft";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.editor;
const NAME_LENGTH_MAX = 100;
const KEY_LENGTH_MAX = 40;

type RoleFieldsProps = {
  draft: RoleDraft;
  problems: Record<string, string | undefined>;
  rankMax: number;
  locked: boolean;
  onChange: (part: Partial<RoleDraft>) => void;
};

/** Name, key and rank. */
export function RoleFields({ draft, problems, rankMax, locked, onChange }: RoleFieldsProps) {
  return (
    <div className="grid items-start gap-4 md:grid-cols-[2fr_2fr_1fr]">
      <Field label={text.name} error={problems.name} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            value={draft.name}
            maxLength={NAME_LENGTH_MAX}
            readOnly={locked}
            autoComplete="off"
            dir="auto"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.key} hint={text.keyHint} error={problems.key} required>
        {(control) => (
          <Input
            {...control}
            name="key"
            value={draft.key}
            maxLength={KEY_LENGTH_MAX}
            readOnly={locked}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => onChange({ key: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.rank} hint={locked ? undefined : text.rankHint(rankMax)} error={problems.rank} required>
        {(control) => (
          <Input
            {...control}
            name="rank"
            inputMode="numeric"
            value={draft.rank}
            readOnly={locked}
            autoComplete="off"
            className="tabular-nums"
            onChange={(event) => onChange({ rank: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
