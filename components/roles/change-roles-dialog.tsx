"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import type { AssignmentActions } from "@/components/roles/role-actions";
import { RoleCheckboxes } from "@/components/roles/role-checkboxes";
import type { RoleOption } from "@/components/roles/role-option";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.change;

/** Properties of the dialog: whose roles, which ones they hold now, and which there are. */
export type ChangeRolesDialogProps = {
  person: { id: string; name: string };
  held: readonly { id: string }[];
  options: readonly RoleOption[];
  actions: AssignmentActions;
  onClose: () => void;
};

/** Gives and takes roles. Each is an act of its own in the audit log; the first that is refused stops the rest. */
export function ChangeRolesDialog({ person, held, options, actions, onClose }: ChangeRolesDialogProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(held.map(({ id }) => id)));
  // What is done stays done when a later act is refused, and must not be done again by the next try.
  const [current, setCurrent] = useState<ReadonlySet<string>>(chosen);
  const save = async (): Promise<ActionResult<unknown>> => {
    const done = new Set(current);
    for (const roleId of [...chosen].filter((id) => !current.has(id))) {
      const result = await actions.assign({ userId: person.id, roleId });
      if (!result.ok) return result;
      setCurrent(new Set(done.add(roleId)));
    }
    for (const roleId of [...current].filter((id) => !chosen.has(id))) {
      const result = await actions.unassign({ userId: person.id, roleId });
      if (!result.ok) return result;
      done.delete(roleId);
      setCurrent(new Set(done));
    }
    return { ok: true, data: null };
  };
  return (
    <FormDialog
      title={text.title(person.name)}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={() => ({})}
      perform={save}
      onDone={() => toast.success(text.done(person.name))}
      onClose={onClose}
    >
      {() => <RoleCheckboxes legend={messages.roles.title} options={options} chosen={chosen} onChange={setChosen} />}
    </FormDialog>
  );
}
