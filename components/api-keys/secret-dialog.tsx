"use client";

import type { ApiKeyWithSecret } from "@/components/api-keys/api-key-actions";
import { SecretPanel } from "@/components/api-keys/secret-panel";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys.secret;

/** Shows a rotated key. It does not close by a slip: what it shows is never shown again. */
export function SecretDialog({ apiKey, onClose }: { apiKey: ApiKeyWithSecret; onClose: () => void }) {
  const stay = (event: Event) => event.preventDefault();
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent aria-describedby={undefined} onInteractOutside={stay} onEscapeKeyDown={stay}>
        <DialogHeader>
          <DialogTitle>{text.rotated(apiKey.name)}</DialogTitle>
        </DialogHeader>
        <SecretPanel secret={apiKey.secret} previousValidUntil={apiKey.previousKeyValidUntil} rotated />
        <DialogFooter>
          <Button onClick={onClose}>{text.stored}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
