"use client";

import { LoaderCircleIcon } from "lucide-react";
import { type FormEvent, useState } from "react";

import type { ApiKeyActions, ApiKeyWithSecret } from "@/components/api-keys/api-key-actions";
import { ApiKeyFields } from "@/components/api-keys/api-key-fields";
import { SecretPanel } from "@/components/api-keys/secret-panel";
import type { FieldProblems } from "@/components/detail/form-dialog";
import { ActionError } from "@/components/feedback/action-error";
import { useStepUp } from "@/components/feedback/step-up-context";
import { PermissionPicker } from "@/components/roles/permission-picker";
import { ScopeLink } from "@/components/scope/scope-link";
import { Button, buttonVariants } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { showProblems } from "@/components/ui/show-problems";
import type { PermissionEntry } from "@/lib/roles/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys;
const DAY = 86_400_000;
// The server takes a year at most, by its own clock.
const LEEWAY = 60_000;

/** Properties of the form; `catalogue` is what a key of this scope may carry at all. */
export type ApiKeyFormProps = { catalogue: readonly PermissionEntry[]; perform: ApiKeyActions["create"] };

/** Makes a key and then shows it, once. */
export function ApiKeyForm({ catalogue, perform }: ApiKeyFormProps) {
  const [made, setMade] = useState<ApiKeyWithSecret | null>(null);
  if (made) return <MadeKey apiKey={made} />;
  return <Draft catalogue={catalogue} perform={perform} onDone={setMade} />;
}

function Draft({ catalogue, perform, onDone }: ApiKeyFormProps & { onDone: (made: ApiKeyWithSecret) => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<FieldProblems>({});
  const [failure, setFailure] = useState<ActionProblem | null>(null);
  const [pending, setPending] = useState(false);
  const withStepUp = useStepUp();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const name = String(values.get("name") ?? "").trim();
    const found = {
      name: name === "" ? text.create.nameMissing : undefined,
      permissions: chosen.size === 0 ? text.create.permissionsMissing : undefined,
    };
    setFailure(null);
    showProblems(form, () => setProblems(found));
    if (found.name || found.permissions) return;
    setPending(true);
    const life = Number(values.get("days")) * DAY - LEEWAY;
    const send = () =>
      perform({ name, permissions: [...chosen], expiresAt: new Date(Date.now() + life).toISOString() });
    const result = await withStepUp(send).catch(unreachable);
    setPending(false);
    if (result.ok) return onDone(result.data);
    const refused = Object.fromEntries((result.problem.errors ?? []).map(({ path, message }) => [path, message]));
    setFailure(refused.name ? null : result.problem);
    showProblems(form, () => setProblems(refused));
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-6">
      <ApiKeyFields problems={problems} />
      <section className="flex flex-col gap-3">
        <div className="flex items-baseline justify-between gap-3">
          <h2 className="font-semibold text-sm">{text.create.permissions}</h2>
          <span role="status" className="text-muted-foreground text-xs tabular-nums">
            {text.create.selected(chosen.size, catalogue.length)}
          </span>
        </div>
        {problems.permissions ? (
          <p role="alert" className="text-destructive text-xs dark:text-red-400">
            {problems.permissions}
          </p>
        ) : null}
        <PermissionPicker catalogue={catalogue} chosen={chosen} onChange={setChosen} locked={false} />
      </section>
      {failure ? <ActionError problem={failure} /> : null}
      <div className="sticky bottom-0 -mx-4 flex justify-end border-t bg-background/90 px-4 py-3 backdrop-blur-sm md:-mx-6 md:px-6">
        <Button type="submit" disabled={pending} aria-busy={pending}>
          {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
          {pending ? text.create.busy : text.create.submit}
        </Button>
      </div>
    </form>
  );
}

function MadeKey({ apiKey }: { apiKey: ApiKeyWithSecret }) {
  return (
    <Card className="max-w-2xl">
      <CardHeader>
        <CardTitle>
          <span role="status">{text.secret.created(apiKey.name)}</span>
        </CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-5 pt-4">
        <SecretPanel secret={apiKey.secret} />
        <ScopeLink href="/api-keys" className={buttonVariants()}>
          {text.secret.stored}
        </ScopeLink>
      </CardContent>
    </Card>
  );
}

function unreachable(): { ok: false; problem: ActionProblem } {
  const { unreachable: title, unreachableHint: detail } = messages.destructive;
  return { ok: false, problem: { code: "UNREACHABLE", title, detail } };
}
