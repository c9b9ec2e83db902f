"use client";

import { useId, useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import type { SavedViewActions, ViewQuery } from "@/components/saved-views/saved-view";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { messages } from "@/lib/ui/messages";

const text = messages.savedViews;

/** The longest name of a view. */
export const VIEW_NAME_LENGTH_MAX = 80;

type SaveViewDialogProps = {
  list: string;
  shown: ViewQuery;
  create: SavedViewActions["create"];
  onClose: () => void;
};

/** Keeps what a list shows now under a name, for oneself or for everybody who may read it here. */
export function SaveViewDialog({ list, shown, create, onClose }: SaveViewDialogProps) {
  const showReport = useShowReport();
  const shareId = useId();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  return (
    <FormDialog
      title={text.saveTitle}
      description={text.saveDescription}
      submit={text.save}
      busy={text.saveBusy}
      check={() => ({ name: name.trim() === "" ? text.nameMissing : undefined })}
      perform={() => create({ list, name: name.trim(), shared, query: shown })}
      onDone={() => showReport({ title: text.saved(name.trim()) })}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <Field label={text.name} error={problems.name} required>
            {(control) => (
              <Input
                {...control}
                name="name"
                value={name}
                maxLength={VIEW_NAME_LENGTH_MAX}
                placeholder={text.namePlaceholder}
                onChange={(event) => setName(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
          <div className="grid grid-cols-[1rem_1fr] gap-x-2.5">
            <Checkbox id={shareId} className="mt-0.5" checked={shared} onCheckedChange={setShared} />
            <label htmlFor={shareId} className="font-medium text-sm">
              {text.share}
            </label>
            <p className="col-start-2 text-muted-foreground text-xs">{text.shareHint}</p>
          </div>
        </>
      )}
    </FormDialog>
  );
}
