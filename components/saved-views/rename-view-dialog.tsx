"use client";

import { useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import { VIEW_NAME_LENGTH_MAX } from "@/components/saved-views/save-view-dialog";
import type { SavedViewActions, ShownView } from "@/components/saved-views/saved-view";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { messages } from "@/lib/ui/messages";

const text = messages.savedViews;

type RenameViewDialogProps = { view: ShownView; update: SavedViewActions["update"]; onClose: () => void };

/** Gives a view another name; its links stay. */
export function RenameViewDialog({ view, update, onClose }: RenameViewDialogProps) {
  const showReport = useShowReport();
  const [name, setName] = useState(view.name);
  return (
    <FormDialog
      title={text.renameTitle}
      submit={text.rename}
      busy={text.renameBusy}
      check={() => ({ name: name.trim() === "" ? text.nameMissing : undefined })}
      perform={() => update({ viewId: view.id, name: name.trim() })}
      onDone={() => showReport({ title: text.renamed(name.trim()) })}
      onClose={onClose}
    >
      {(problems) => (
        <Field label={text.name} error={problems.name} required>
          {(control) => (
            <Input
              {...control}
              name="name"
              value={name}
              maxLength={VIEW_NAME_LENGTH_MAX}
              onChange={(event) => setName(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
