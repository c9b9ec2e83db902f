"use client";

import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.users.rename;
const NAME_LENGTH_MAX = 200;

/** Properties of the dialog that changes a user's name. */
export type RenameUserDialogProps = { user: User; perform: UserActions["rename"]; onClose: () => void };

/** Changes a user's name. */
export function RenameUserDialog({ user, perform, onClose }: RenameUserDialogProps) {
  const nameOf = (values: FormData) => String(values.get("name") ?? "").trim();
  return (
    <FormDialog
      title={text.title}
      submit={text.submit}
      busy={text.busy}
      check={(values) => ({ name: nameOf(values) === "" ? text.missing : undefined })}
      perform={(values) => perform({ userId: user.id, name: nameOf(values) })}
      onDone={(renamed) => toast.success(text.done(renamed.name))}
      onClose={onClose}
    >
      {(problems) => (
        <Field label={text.name} error={problems.name} required>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={user.name}
              maxLength={NAME_LENGTH_MAX}
              autoComplete="off"
              dir="auto"
            />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
