"use client";

import { LoaderCircleIcon } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";

import { ActionError } from "@/components/feedback/action-error";
import { useStepUp } from "@/components/feedback/step-up-context";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { showProblems } from "@/components/ui/show-problems";
import type { ActionProblem, ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

/** Messages by field; the empty record lets the form be sent. */
export type FieldProblems = Record<string, string | undefined>;

/** Properties of a dialog that is a small form. */
export type FormDialogProps<Output> = {
  title: string;
  description?: string;
  submit: string;
  busy: string;
  /** What is certainly wrong before asking the server. */
  check: (values: FormData) => FieldProblems;
  perform: (values: FormData) => Promise<ActionResult<Output>>;
  onDone: (output: Output) => void;
  onClose: () => void;
  /** Draws the fields with the problem of each. */
  children: (problems: FieldProblems) => ReactNode;
};

/** A small form above the page: problems of fields beside them, other problems above the buttons. */
export function FormDialog<Output>(props: FormDialogProps<Output>) {
  const [problems, setProblems] = useState<FieldProblems>({});
  const [failure, setFailure] = useState<ActionProblem | null>(null);
  const [pending, setPending] = useState(false);
  const withStepUp = useStepUp();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const found = props.check(values);
    setFailure(null);
    showProblems(form, () => setProblems(found));
    if (hasProblem(found)) return;
    setPending(true);
    const result = await withStepUp(() => props.perform(values)).catch(unreachable);
    setPending(false);
    if (result.ok) {
      props.onDone(result.data);
      return props.onClose();
    }
    const refused = Object.fromEntries((result.problem.errors ?? []).map(({ path, message }) => [path, message]));
    setFailure(hasProblem(refused) ? null : result.problem);
    showProblems(form, () => setProblems(refused));
  };

  return (
    <Dialog open onOpenChange={(open) => (open || pending ? undefined : props.onClose())}>
      <DialogContent {...(props.description ? {} : { "aria-describedby": undefined })}>
        <DialogHeader>
          <DialogTitle>{props.title}</DialogTitle>
          {props.description ? <DialogDescription>{props.description}</DialogDescription> : null}
        </DialogHeader>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {props.children(problems)}
          {failure ? <ActionError problem={failure} /> : null}
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline" disabled={pending}>
                {messages.common.cancel}
              </Button>
            </DialogClose>
            <Button type="submit" disabled={pending} aria-busy={pending}>
              {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
              {pending ? props.busy : props.submit}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

const hasProblem = (problems: FieldProblems): boolean =>
  Object.values(problems).some((message) => message !== undefined);

function unreachable(): { ok: false; problem: ActionProblem } {
  const { unreachable: title, unreachableHint: detail } = messages.destructive;
  return { ok: false, problem: { code: "UNREACHABLE", title, detail } };
}
