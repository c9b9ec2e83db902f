"use client";

import { useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.impersonation;

/** Begins to act as somebody; answers the one tenant in which that holds, null where it holds wherever they are. */
export type StartImpersonation = (input: {
  userId: string;
  reason: string;
}) => Promise<ActionResult<{ tenant: { slug: string } | null }>>;

/** Properties of the dialog. */
export type ImpersonateDialogProps = {
  user: { id: string; name: string; email: string };
  perform: StartImpersonation;
  onClose: () => void;
};

/** Asks why, and begins to act as somebody else. */
export function ImpersonateDialog({ user, perform, onClose }: ImpersonateDialogProps) {
  const [reason, setReason] = useState("");
  const given = reason.trim();
  return (
    <FormDialog
      title={text.title(user.name || user.email)}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={() => ({ reason: given === "" ? text.reasonMissing : undefined })}
      perform={() => perform({ userId: user.id, reason: given })}
      onDone={({ tenant }) => {
        rememberReason(given);
        // A full load, so that nothing of one's own account is shown in the other's.
        window.location.assign(tenant ? scopePath(tenant.slug) : "/");
      }}
      onClose={onClose}
    >
      {(problems) => <ReasonField value={reason} onChange={setReason} required error={problems.reason} />}
    </FormDialog>
  );
}
