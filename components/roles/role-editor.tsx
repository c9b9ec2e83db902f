"use client";

import { LoaderCircleIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { ActionError } from "@/components/feedback/action-error";
import { useStepUp } from "@/components/feedback/step-up-context";
import { useShowReport } from "@/components/feedback/use-show-report";
import { PermissionPicker } from "@/components/roles/permission-picker";
import type { RoleActions } from "@/components/roles/role-actions";
import {
  changesOf,
  findRoleProblems,
  type RoleDraft,
  suggestKey,
  toDraft,
  toInput,
} from "@/components/roles/role-draft";
import { RoleFields } from "@/components/roles/role-fields";
import { useScopePath } from "@/components/scope/scope-provider";
import { Button } from "@/components/ui/button";
import { showProblems } from "@/components/ui/show-problems";
import type { PermissionEntry, Role } from "@/lib/roles/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.editor;

/** Properties of the editor; without a role it makes a new one. */
export type RoleEditorProps = {
  role?: Role;
  catalogue: readonly PermissionEntry[];
  /** The highest rank that the viewer may give a role. */
  rankMax: number;
  /** Why the role cannot be changed by the viewer, or null. */
  refusal: string | null;
  save: Pick<RoleActions, "create" | "update">;
};

/** Name, rank and permissions of a role. The bounds of the author stand beside each; the server holds them. */
export function RoleEditor({ role, catalogue, rankMax, refusal, save }: RoleEditorProps) {
  const [draft, setDraft] = useState(() => toDraft(role, rankMax));
  const [keyTouched, setKeyTouched] = useState(role !== undefined);
  const [problems, setProblems] = useState<Record<string, string | undefined>>({});
  const [failure, setFailure] = useState<ActionProblem | null>(null);
  const { pending, submit } = useSave({ role, draft, save, onFailure: setFailure, onProblems: setProblems, rankMax });
  const locked = refusal !== null;
  const change = (part: Partial<RoleDraft>) => {
    if (part.key !== undefined) setKeyTouched(true);
    const key = part.name !== undefined && !keyTouched ? { key: suggestKey(part.name) } : {};
    setDraft({ ...draft, ...key, ...part });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-6">
      <RoleFields draft={draft} problems={problems} rankMax={rankMax} locked={locked} onChange={change} />
      <section className="flex flex-col gap-3">
        <div className="flex items-baseline justify-between gap-3">
          <h2 className="font-semibold text-sm">{text.permissions}</h2>
          <span role="status" className="text-muted-foreground text-xs tabular-nums">
            {text.selected(draft.permissions.size, catalogue.length)}
          </span>
        </div>
        <PermissionPicker
          catalogue={catalogue}
          chosen={draft.permissions}
          onChange={(permissions) => change({ permissions })}
          locked={locked}
        />
      </section>
      {failure ? <ActionError problem={failure} /> : null}
      {locked ? null : (
        <div className="sticky bottom-0 -mx-4 flex justify-end border-t bg-background/90 px-4 py-3 backdrop-blur-sm md:-mx-6 md:px-6">
          <Button type="submit" disabled={pending} aria-busy={pending}>
            {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
            {pending ? text.saving : role ? text.save : text.create}
          </Button>
        </div>
      )}
    </form>
  );
}

type Save = Pick<RoleEditorProps, "role" | "save" | "rankMax"> & {
  draft: RoleDraft;
  onFailure: (problem: ActionProblem | null) => void;
  onProblems: (problems: Record<string, string | undefined>) => void;
};

function useSave({ role, draft, save, rankMax, onFailure, onProblems }: Save) {
  const [pending, setPending] = useState(false);
  const withStepUp = useStepUp();
  const showReport = useShowReport();
  const router = useRouter();
  const pathOf = useScopePath();
  const send = () => (role ? save.update({ roleId: role.id, ...changesOf(role, draft) }) : save.create(toInput(draft)));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = findRoleProblems(draft, rankMax);
    onFailure(null);
    showProblems(form, () => onProblems(found));
    if (Object.values(found).some((problem) => problem !== undefined)) return;
    if (role && Object.keys(changesOf(role, draft)).length === 0) return showReport({ title: text.unchanged });
    setPending(true);
    const result = await withStepUp(send).catch(unreachable);
    setPending(false);
    if (!result.ok) {
      const placed = (result.problem.errors ?? []).filter(({ path }) => ["name", "key", "rank"].includes(path));
      onFailure(placed.length > 0 ? null : result.problem);
      return showProblems(form, () =>
        onProblems(Object.fromEntries(placed.map(({ path, message }) => [path, message]))),
      );
    }
    showReport({ title: (role ? text.saved : text.created)(result.data.name), description: text.savedHint });
    if (!role) router.push(pathOf(`/roles/${result.data.id}`));
  };
  return { pending, submit };
}

function unreachable(): { ok: false; problem: ActionProblem } {
  const { unreachable: title, unreachableHint: detail } = messages.destructive;
  return { ok: false, problem: { code: "UNREACHABLE", title, detail } };
}
