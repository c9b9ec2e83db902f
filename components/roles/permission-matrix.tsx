"use client";

import { CheckIcon, DotIcon } from "lucide-react";
import { Fragment, useId, useState } from "react";

import { type PermissionGroup, permissionGroups } from "@/components/roles/permission-groups";
import { ScopeLink } from "@/components/scope/scope-link";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import type { PermissionEntry, Role } from "@/lib/roles/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.matrix;

/** Properties of the matrix. */
export type PermissionMatrixProps = { catalogue: readonly PermissionEntry[]; roles: readonly Role[] };

/** What each role allows: permissions down in their groups, roles across, differences between chosen roles marked. */
export function PermissionMatrix({ catalogue, roles }: PermissionMatrixProps) {
  const onlyId = useId();
  const [compared, setCompared] = useState<ReadonlySet<string>>(new Set());
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const chosen = roles.filter(({ id }) => compared.has(id));
  const comparing = chosen.length > 1;
  const differs = (name: string) => comparing && new Set(chosen.map((role) => allows(role, name))).size > 1;
  const groups = permissionGroups(
    onlyDifferences && comparing ? catalogue.filter(({ name }) => differs(name)) : catalogue,
  );
  const toggle = (id: string, on: boolean) => {
    const next = new Set(compared);
    on ? next.add(id) : next.delete(id);
    setCompared(next);
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex h-8 items-center">
        <Label htmlFor={onlyId} className={cn("font-normal", !comparing && "text-muted-foreground")}>
          <Checkbox id={onlyId} checked={onlyDifferences} disabled={!comparing} onCheckedChange={setOnlyDifferences} />
          {text.onlyDifferences}
        </Label>
      </div>
      <section
        aria-label={text.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        className="relative max-h-[75vh] overflow-auto rounded-lg border outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        <table className="w-full border-separate border-spacing-0 text-[13px]">
          <MatrixHead roles={roles} compared={compared} onToggle={toggle} />
          <tbody>
            {groups.map((group) => (
              <MatrixGroup key={group.id} group={group} roles={roles} compared={compared} differs={differs} />
            ))}
          </tbody>
        </table>
        {groups.length === 0 ? (
          <p role="status" className="px-4 py-10 text-center text-muted-foreground text-sm">
            {text.noDifference}
          </p>
        ) : null}
      </section>
    </div>
  );
}

const allows = (role: Role, permission: string): boolean => role.permissions.some((name) => name === permission);

type HeadProps = { roles: readonly Role[]; compared: ReadonlySet<string>; onToggle: (id: string, on: boolean) => void };

function MatrixHead({ roles, compared, onToggle }: HeadProps) {
  return (
    <thead>
      <tr>
        <th
          scope="col"
          className={cn(cornerClasses, "z-20 h-14 bg-muted text-start font-medium text-muted-foreground text-xs")}
        >
          {text.permission}
        </th>
        {roles.map((role) => (
          <th
            key={role.id}
            scope="col"
            className="sticky top-0 z-10 h-14 min-w-28 border-b bg-muted px-2 text-center font-normal"
          >
            <span className="flex flex-col items-center gap-1">
              <ScopeLink
                href={`/roles/${role.id}`}
                prefetch={false}
                className="max-w-32 truncate rounded-sm font-medium underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                <bdi>{role.name}</bdi>
              </ScopeLink>
              <Checkbox
                checked={compared.has(role.id)}
                onCheckedChange={(on) => onToggle(role.id, on)}
                aria-label={text.compare(role.name)}
              />
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

// The first column stays while the roles scroll by; on a phone it takes what it needs and no more.
const cornerClasses = "sticky top-0 left-0 min-w-44 max-w-72 border-b px-3 sm:min-w-64";

type GroupProps = {
  group: PermissionGroup;
  roles: readonly Role[];
  compared: ReadonlySet<string>;
  differs: (name: string) => boolean;
};

function MatrixGroup({ group, roles, compared, differs }: GroupProps) {
  return (
    <Fragment>
      <tr>
        <th
          scope="colgroup"
          colSpan={roles.length + 1}
          className="border-b bg-background px-3 pt-4 pb-1.5 text-start font-semibold text-xs"
        >
          <span className="sticky left-3">{group.label}</span>
        </th>
      </tr>
      {group.permissions.map(({ name, summary }) => (
        <tr key={name} data-differs={differs(name) || undefined} className="group/row">
          <th
            scope="row"
            className="sticky left-0 z-[5] border-b bg-background px-3 py-1.5 text-start font-normal group-data-[differs]/row:bg-amber-50 dark:group-data-[differs]/row:bg-[#2a2212]"
          >
            <ScopeLink
              href={`/permissions?permission=${name}`}
              prefetch={false}
              scroll={false}
              className="flex flex-col rounded-sm outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
            >
              <span>{summary}</span>
              <code className="font-mono text-[11px] text-muted-foreground">{name}</code>
            </ScopeLink>
            {differs(name) ? <span className="sr-only">{text.differs}</span> : null}
          </th>
          {roles.map((role) => (
            <td
              key={role.id}
              className={cn(
                "border-b px-2 text-center",
                differs(name) && compared.has(role.id) && "bg-amber-100/70 dark:bg-amber-500/15",
              )}
            >
              <Mark allowed={allows(role, name)} />
            </td>
          ))}
        </tr>
      ))}
    </Fragment>
  );
}

function Mark({ allowed }: { allowed: boolean }) {
  const Icon = allowed ? CheckIcon : DotIcon;
  return (
    <span className="inline-flex">
      <Icon aria-hidden="true" className={cn("size-4", allowed ? "text-success" : "text-muted-foreground/60")} />
      <span className="sr-only">{allowed ? text.yes : text.no}</span>
    </span>
  );
}
