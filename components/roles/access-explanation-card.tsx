"use client";

import { CircleCheckIcon, CircleXIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";

import { permissionGroups } from "@/components/roles/permission-groups";
import { ScopeLink } from "@/components/scope/scope-link";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from "@/components/ui/select";
import type { AccessExplanation, PermissionEntry } from "@/lib/roles/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.access;

/** Properties of the card. `path` is the address of the person's page. */
export type AccessExplanationCardProps = {
  catalogue: readonly PermissionEntry[];
  asked: PermissionEntry | null;
  explanation: AccessExplanation | null;
  path: string;
};

/** Answers why somebody can or cannot do one thing; the question is in the address, so that it can be shared. */
export function AccessExplanationCard({ catalogue, asked, explanation, path }: AccessExplanationCardProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const ask = (permission: string) =>
    startTransition(() =>
      router.replace(`${path}?${new URLSearchParams({ tab: "access", permission })}`, { scroll: false }),
    );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.why}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4 pt-3">
        <Field label={text.permission}>
          {({ required: _required, ...control }) => (
            <Select value={asked?.name ?? ""} onValueChange={ask}>
              <SelectTrigger {...control} className="w-full">
                <SelectValue placeholder={text.choose} />
              </SelectTrigger>
              <SelectContent>
                {permissionGroups(catalogue).map((group) => (
                  <SelectGroup key={group.id}>
                    <SelectLabel>{group.label}</SelectLabel>
                    {group.permissions.map((entry) => (
                      <SelectItem key={entry.name} value={entry.name}>
                        {entry.summary}
                      </SelectItem>
                    ))}
                  </SelectGroup>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
        <div
          role="status"
          aria-busy={pending}
          className={cn("transition-opacity duration-150", pending && "opacity-60")}
        >
          {asked && explanation ? <Explanation asked={asked} explanation={explanation} /> : null}
        </div>
      </CardContent>
    </Card>
  );
}

function Explanation({ asked, explanation }: { asked: PermissionEntry; explanation: AccessExplanation }) {
  const { held, roles, throughPlatform, obstacles, grantedBy } = explanation;
  const Icon = held ? CircleCheckIcon : CircleXIcon;
  const what = asked.summary.charAt(0).toLowerCase() + asked.summary.slice(1);
  return (
    <div className="flex flex-col gap-4 text-[13px]">
      <p className="flex items-center gap-2 font-medium text-sm">
        <Icon
          aria-hidden="true"
          className={cn("size-5 shrink-0", held ? "text-success" : "text-destructive dark:text-red-400")}
        />
        {held ? text.held(what) : text.notHeld(what)}
      </p>
      {roles.length > 0 || throughPlatform ? (
        <Part title={text.through}>
          {roles.map((role) => (
            <RoleLink key={role.id} role={role} />
          ))}
          {throughPlatform ? <li>{text.platformRole}</li> : null}
        </Part>
      ) : null}
      {obstacles.length > 0 ? (
        <Part title={text.obstacles}>
          {obstacles.map((obstacle) => (
            <li key={obstacle}>{text.obstacle[obstacle] ?? obstacle}</li>
          ))}
        </Part>
      ) : null}
      {held ? null : (
        <Part title={text.grantedBy}>
          {grantedBy.length === 0 ? <li className="text-muted-foreground">{text.noRoleGives}</li> : null}
          {grantedBy.map((role) => (
            <RoleLink key={role.id} role={role} note={role.assignable ? text.assignable : undefined} />
          ))}
        </Part>
      )}
      <ScopeLink
        href={`/permissions?permission=${asked.name}`}
        prefetch={false}
        className="w-fit rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        {text.whoElse}
      </ScopeLink>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <h3 className="text-muted-foreground">{title}</h3>
      <ul className="flex flex-col gap-1">{children}</ul>
    </div>
  );
}

function RoleLink({ role, note }: { role: { id: string; name: string }; note?: string | undefined }) {
  return (
    <li className="flex items-center gap-2">
      <ScopeLink
        href={`/roles/${role.id}`}
        prefetch={false}
        className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        <bdi>{role.name}</bdi>
      </ScopeLink>
      {note ? <Badge variant="accent">{note}</Badge> : null}
    </li>
  );
}
