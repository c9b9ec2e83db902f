"use client";

import type { ApiKeyActions, ApiKeyWithSecret } from "@/components/api-keys/api-key-actions";
import { FormDialog } from "@/components/detail/form-dialog";
import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { ApiKey } from "@/lib/api-keys/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys.rotate;
const OVERLAP_DEFAULT = "86400";

/** Properties of the dialog that rotates a key. */
export type RotateApiKeyDialogProps = {
  apiKey: ApiKey;
  perform: ApiKeyActions["rotate"];
  onDone: (rotated: ApiKeyWithSecret) => void;
  onClose: () => void;
};

/** Puts a new key in the place of one, which is accepted for a while yet. */
export function RotateApiKeyDialog({ apiKey, perform, onDone, onClose }: RotateApiKeyDialogProps) {
  return (
    <FormDialog
      title={text.title(apiKey.name)}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={() => ({})}
      perform={(values) => perform({ keyId: apiKey.id, overlapSeconds: Number(values.get("overlapSeconds")) })}
      onDone={onDone}
      onClose={onClose}
    >
      {(problems) => (
        <Field label={text.overlap} hint={text.overlapHint} error={problems.overlapSeconds}>
          {({ required: _required, ...control }) => (
            <Select name="overlapSeconds" defaultValue={OVERLAP_DEFAULT}>
              <SelectTrigger {...control} className="w-full">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {text.overlaps.map(({ seconds, label }) => (
                  <SelectItem key={seconds} value={String(seconds)}>
                    {label}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
      )}
    </FormDialog>
  );
}
