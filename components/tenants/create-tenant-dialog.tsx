"use client";

import { useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import type { TenantActions } from "@/components/tenants/tenant-actions";
import { findTenantProblems, suggestSlug, TenantFields } from "@/components/tenants/tenant-fields";
import { messages } from "@/lib/ui/messages";

const text = messages.tenants.create;

/** Properties of the dialog that creates a tenant. */
export type CreateTenantDialogProps = { perform: TenantActions["create"]; onClose: () => void };

/** Creates a tenant. Its short name is proposed from the name until somebody writes one. */
export function CreateTenantDialog({ perform, onClose }: CreateTenantDialogProps) {
  const showReport = useShowReport();
  const [name, setName] = useState("");
  const [written, setWritten] = useState<string | null>(null);
  const slug = written ?? suggestSlug(name);
  const draft = { name: name.trim(), slug: slug.trim() };
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={() => findTenantProblems(draft)}
      perform={() => perform(draft)}
      onDone={(created) =>
        showReport({
          title: text.done(created.name),
          description: text.doneHint,
          link: { href: `/tenants/${created.slug}`, label: text.open },
        })
      }
      onClose={onClose}
    >
      {(problems) => (
        <TenantFields
          name={name}
          slug={slug}
          slugHint={text.slugHint}
          problems={problems}
          onNameChange={setName}
          onSlugChange={setWritten}
        />
      )}
    </FormDialog>
  );
}
