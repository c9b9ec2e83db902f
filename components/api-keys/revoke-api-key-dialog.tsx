"use client";

import type { ApiKeyActions } from "@/components/api-keys/api-key-actions";
import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { RelativeTime } from "@/components/feedback/relative-time";
import type { ApiKey } from "@/lib/api-keys/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys;

/** Properties of the dialog that revokes a key. */
export type RevokeApiKeyDialogProps = { apiKey: ApiKey; perform: ApiKeyActions["revoke"]; onClose: () => void };

/** Revokes a key: says whether anything still uses it. */
export function RevokeApiKeyDialog({ apiKey, perform, onClose }: RevokeApiKeyDialogProps) {
  const { id, name, prefix, lastUsedAt, previousKeyValidUntil } = apiKey;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.revoke.act}
      noun={text.noun}
      count={1}
      subject={name}
      affected={{ names: [`${prefix}…`] }}
      consequence={
        <>
          {text.revoke.consequence} {previousKeyValidUntil ? `${text.revoke.withOld} ` : null}
          {lastUsedAt ? (
            <>
              {text.revoke.used} <RelativeTime value={lastUsedAt} />.
            </>
          ) : (
            text.revoke.unused
          )}
        </>
      }
      reason="none"
      perform={() => perform({ keyId: id })}
      toReport={() => ({
        title: text.revoke.done(name),
        link: { href: `/audit?target=${id}`, label: messages.audit.title },
      })}
    />
  );
}
