"use client";

import { Trash2Icon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import type { RoleActions } from "@/components/roles/role-actions";
import { useScopePath } from "@/components/scope/scope-provider";
import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { Role } from "@/lib/roles/schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.roles;

/** Properties of the act; `others` are the roles that its holders may be given instead. */
export type DeleteRoleButtonProps = {
  role: Role;
  others: readonly { id: string; name: string }[];
  refusal: string | null;
  perform: RoleActions["remove"];
};

/** Deletes a role; while people hold it, only together with the role that they get in its place. */
export function DeleteRoleButton({ role, others, refusal, perform }: DeleteRoleButtonProps) {
  const router = useRouter();
  const pathOf = useScopePath();
  const [open, setOpen] = useState(false);
  const [replacement, setReplacement] = useState("");
  const held = role.holders.count > 0;
  const remove = async (): Promise<ActionResult<unknown>> => {
    if (held && replacement === "") {
      return { ok: false, problem: { code: "INVALID_INPUT", title: text.remove.replacementMissing } };
    }
    return perform({ roleId: role.id, ...(held ? { replacement } : {}) });
  };
  return (
    <>
      <GuardedButton variant="outline" refusal={refusal} onClick={() => setOpen(true)}>
        <Trash2Icon aria-hidden="true" />
        {text.act.remove}
      </GuardedButton>
      <DestructiveDialog
        open={open}
        onOpenChange={setOpen}
        act={text.remove.act}
        noun={text.noun}
        count={1}
        subject={role.name}
        affected={
          held ? { names: [text.remove.held(formatCount(role.holders.count, role.holders.capped))] } : undefined
        }
        consequence={text.remove.consequence}
        reason="none"
        fields={held ? <Replacement others={others} value={replacement} onChange={setReplacement} /> : undefined}
        perform={remove}
        toReport={() => ({ title: text.remove.done(role.name) })}
        onDone={() => router.push(pathOf("/roles"))}
      />
    </>
  );
}

type ReplacementProps = {
  others: DeleteRoleButtonProps["others"];
  value: string;
  onChange: (value: string) => void;
};

function Replacement({ others, value, onChange }: ReplacementProps) {
  return (
    <Field label={text.remove.replacement} required>
      {({ required: _required, ...control }) => (
        <Select value={value} onValueChange={onChange}>
          <SelectTrigger {...control} className="w-full">
            <SelectValue placeholder={text.remove.choose} />
          </SelectTrigger>
          <SelectContent>
            {others.map((role) => (
              <SelectItem key={role.id} value={role.id}>
                {role.name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
