"use client";

import { useId } from "react";

import { type PermissionGroup, permissionGroups } from "@/components/roles/permission-groups";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Tooltip } from "@/components/ui/tooltip";
import type { PermissionEntry } from "@/lib/roles/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.roles;

/** Properties of the choice of permissions. */
export type PermissionPickerProps = {
  catalogue: readonly PermissionEntry[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** True where the role itself cannot be changed. */
  locked: boolean;
};

/** Permissions in their groups. What one does not hold oneself is greyed out, and says why. */
export function PermissionPicker({ catalogue, chosen, onChange, locked }: PermissionPickerProps) {
  const lacking = catalogue.filter(({ held }) => !held).length;
  const set = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const name of names) on ? next.add(name) : next.delete(name);
    onChange(next);
  };
  return (
    <div className="flex flex-col gap-3">
      {lacking > 0 && !locked ? (
        <p className="text-muted-foreground text-xs">{text.editor.notHeldCount(lacking)}</p>
      ) : null}
      <div className="gap-3 lg:columns-2">
        {permissionGroups(catalogue).map((group) => (
          <Group key={group.id} group={group} chosen={chosen} onSet={set} locked={locked} />
        ))}
      </div>
    </div>
  );
}

type GroupProps = {
  group: PermissionGroup;
  chosen: ReadonlySet<string>;
  onSet: (names: readonly string[], on: boolean) => void;
  locked: boolean;
};

function Group({ group, chosen, onSet, locked }: GroupProps) {
  const open = group.permissions.filter(({ held }) => held).map(({ name }) => name);
  const all = open.length > 0 && open.every((name) => chosen.has(name));
  return (
    <fieldset className="mb-3 min-w-0 break-inside-avoid rounded-lg border bg-card px-3 pt-2 pb-1.5">
      <legend className="sr-only">{group.label}</legend>
      <div className="flex h-7 items-center justify-between gap-2">
        <span aria-hidden="true" className="font-medium text-[13px]">
          {group.label}
        </span>
        {locked || open.length < 2 ? null : (
          <Button
            variant="ghost"
            size="xs"
            className="text-muted-foreground"
            aria-label={all ? text.editor.noneOf(group.label) : text.editor.allOf(group.label)}
            onClick={() => onSet(open, !all)}
          >
            {all ? text.editor.none : text.editor.all}
          </Button>
        )}
      </div>
      {group.permissions.map((entry) => (
        <Choice
          key={entry.name}
          entry={entry}
          checked={chosen.has(entry.name)}
          locked={locked}
          onChange={(on) => onSet([entry.name], on)}
        />
      ))}
    </fieldset>
  );
}

type ChoiceProps = { entry: PermissionEntry; checked: boolean; locked: boolean; onChange: (on: boolean) => void };

function Choice({ entry, checked, locked, onChange }: ChoiceProps) {
  const id = useId();
  const lacking = !entry.held && !locked;
  const row = (
    <label
      htmlFor={id}
      className={cn("flex items-start gap-2.5 rounded-md py-1.5 text-[13px]", !entry.held && "text-muted-foreground")}
    >
      <Checkbox
        id={id}
        className="mt-0.5"
        checked={checked}
        disabled={locked || !entry.held}
        onCheckedChange={onChange}
        aria-describedby={lacking ? `${id}-why` : undefined}
      />
      <span className="flex min-w-0 flex-col">
        <span>{entry.summary}</span>
        <code className="font-mono text-[11px] text-muted-foreground">{entry.name}</code>
        {lacking ? (
          <span id={`${id}-why`} className="sr-only">
            {text.refusal.notHeld}
          </span>
        ) : null}
      </span>
    </label>
  );
  return lacking ? <Tooltip label={text.refusal.notHeld}>{row}</Tooltip> : row;
}
