"use client";

import { EllipsisIcon, LinkIcon, PencilIcon, SaveIcon, Trash2Icon, UserIcon, UsersIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import { RenameViewDialog } from "@/components/saved-views/rename-view-dialog";
import {
  isSameQuery,
  type SavedViewActions,
  type ShownView,
  type ViewQuery,
  viewHref,
} from "@/components/saved-views/saved-view";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ActionResult } from "@/lib/ui/action-result";
import { copyText } from "@/lib/ui/copy-text";
import { messages } from "@/lib/ui/messages";

const text = messages.savedViews;

type SavedViewMenuProps = { view: ShownView; shown: ViewQuery; actions: SavedViewActions };

/** What can be done with the view in use. Another person's can be linked to, and kept under a name of one's own. */
export function SavedViewMenu({ view, shown, actions }: SavedViewMenuProps) {
  const showReport = useShowReport();
  const [dialog, setDialog] = useState<"rename" | "remove" | null>(null);
  const close = () => setDialog(null);
  const change = async (part: { shared?: boolean; query?: ViewQuery }, done: string) => {
    const result = await actions.update({ viewId: view.id, ...part }).catch(() => null);
    if (result?.ok) return showReport({ title: done });
    toast.error(text.failed, { description: reasonOf(result) });
  };
  const copy = async () => {
    const link = new URL(viewHref(view), window.location.href);
    if (await copyText(link.href)) showReport({ title: text.linkCopied });
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" className="size-7" aria-label={text.manage(view.name)}>
            <EllipsisIcon aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          <DropdownMenuItem onSelect={() => void copy()}>
            <LinkIcon aria-hidden="true" />
            {text.copyLink}
          </DropdownMenuItem>
          {view.own ? (
            <>
              <DropdownMenuItem
                disabled={isSameQuery(view.query, shown)}
                onSelect={() => void change({ query: shown }, text.replaced(view.name))}
              >
                <SaveIcon aria-hidden="true" />
                {text.replace}
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={() => setDialog("rename")}>
                <PencilIcon aria-hidden="true" />
                {text.rename}
              </DropdownMenuItem>
              <DropdownMenuItem
                onSelect={() =>
                  void change(
                    { shared: !view.shared },
                    view.shared ? text.notShared(view.name) : text.nowShared(view.name),
                  )
                }
              >
                {view.shared ? <UserIcon aria-hidden="true" /> : <UsersIcon aria-hidden="true" />}
                {view.shared ? text.stopSharing : text.startSharing}
              </DropdownMenuItem>
            </>
          ) : null}
          {view.mayDelete ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="destructive" onSelect={() => setDialog("remove")}>
                <Trash2Icon aria-hidden="true" />
                {text.remove}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {dialog === "rename" ? <RenameViewDialog view={view} update={actions.update} onClose={close} /> : null}
      {dialog === "remove" ? <RemoveViewDialog view={view} remove={actions.remove} onClose={close} /> : null}
    </>
  );
}

type RemoveViewDialogProps = { view: ShownView; remove: SavedViewActions["remove"]; onClose: () => void };

function RemoveViewDialog({ view, remove, onClose }: RemoveViewDialogProps) {
  const router = useRouter();
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.act}
      noun={text.noun}
      count={1}
      subject={view.name}
      reason="none"
      untouched={text.removeUntouched}
      consequence={view.shared ? text.removeConsequenceShared : text.removeConsequence}
      perform={() => remove({ viewId: view.id })}
      toReport={() => ({ title: text.removed(view.name) })}
      onDone={() => router.replace("?")}
    />
  );
}

function reasonOf(result: ActionResult<unknown> | null): string {
  if (result === null || result.ok) return messages.destructive.unreachable;
  return result.problem.errors?.[0]?.message ?? result.problem.detail ?? result.problem.title;
}
