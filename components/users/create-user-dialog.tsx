"use client";

import { emailProblem, newPasswordProblem } from "@/components/auth/check-credentials";
import { PasswordInput } from "@/components/auth/password-input";
import { FormDialog } from "@/components/detail/form-dialog";
import type { DestructiveReport } from "@/components/feedback/destructive-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import { useScope } from "@/components/scope/scope-provider";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { RoleChoice, UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import type { CreatedUser } from "@/lib/users/schemas";

const text = messages.users.create;
const NAME_LENGTH_MAX = 200;
/** A select has no empty value: this stands for it. */
const NO_ROLE = "none";

/** Properties of the dialog that creates a user; `roles` are those that the viewer may give. */
export type CreateUserDialogProps = {
  roles: readonly RoleChoice[];
  perform: UserActions["create"];
  onClose: () => void;
};

/** Creates a user: with a link by mail, or with an initial password that is handed over. */
export function CreateUserDialog({ roles, perform, onClose }: CreateUserDialogProps) {
  const showReport = useShowReport();
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={(values) => findProblems(read(values))}
      perform={(values) => perform(toInput(read(values)))}
      onDone={(created) => showReport(toReport(created))}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <Field label={text.email} error={problems.email} required>
            {(control) => (
              <Input
                {...control}
                name="email"
                type="email"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            )}
          </Field>
          <Field label={text.name} error={problems.name} required>
            {(control) => <Input {...control} name="name" maxLength={NAME_LENGTH_MAX} autoComplete="off" dir="auto" />}
          </Field>
          {roles.length > 0 ? <RoleField roles={roles} error={problems.roles} /> : null}
          <Field label={text.password} hint={text.passwordHint} error={problems.password}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function RoleField({ roles, error }: { roles: readonly RoleChoice[]; error: string | undefined }) {
  const inTenant = useScope().kind === "tenant";
  return (
    <Field label={text.role} hint={inTenant ? text.roleHintOfTenant : text.roleHint} error={error}>
      {({ required: _required, ...control }) => (
        <Select name="role" defaultValue={NO_ROLE}>
          <SelectTrigger {...control} className="w-full">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={NO_ROLE}>{text.noRole}</SelectItem>
            {roles.map((role) => (
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

function toReport(created: CreatedUser): DestructiveReport {
  if ("invitationId" in created) return { title: text.invited(created.email), description: text.invitedHint };
  return {
    title: text.done(created.name || created.email),
    description: created.status === "invited" ? text.mailed : text.withPassword,
    link: { href: `/users/${created.id}`, label: text.open },
  };
}

type Values = { email: string; name: string; role: string; password: string };

function read(values: FormData): Values {
  const textOf = (field: string) => String(values.get(field) ?? "");
  return {
    email: textOf("email").trim(),
    name: textOf("name").trim(),
    role: textOf("role"),
    password: textOf("password"),
  };
}

function findProblems({ email, name, password }: Values) {
  return {
    email: emailProblem(email),
    name: name === "" ? messages.users.rename.missing : undefined,
    password: password === "" ? undefined : newPasswordProblem(password),
  };
}

function toInput({ email, name, role, password }: Values): Parameters<UserActions["create"]>[0] {
  const roles = role === "" || role === NO_ROLE ? [] : [role];
  return { email, name, roles, ...(password === "" ? {} : { password }) };
}
