"use client";

import { BookmarkPlusIcon, UsersIcon } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";

import { SaveViewDialog } from "@/components/saved-views/save-view-dialog";
import {
  isSameQuery,
  type SavedViewActions,
  type ShownView,
  type ViewQuery,
  viewHref,
} from "@/components/saved-views/saved-view";
import { SavedViewMenu } from "@/components/saved-views/saved-view-menu";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.savedViews;

/** Properties of the bar; `views` is null where they could not be read. */
export type SavedViewsBarProps = {
  list: string;
  views: readonly ShownView[] | null;
  /** What the list shows now. */
  shown: ViewQuery;
  actions: SavedViewActions;
};

/** The kept ways to look at a list as links, the one in use with its menu, and the way to keep what is shown now. */
export function SavedViewsBar({ list, views, shown, actions }: SavedViewsBarProps) {
  const [isSaving, setIsSaving] = useState(false);
  const openedId = useSearchParams().get("view");
  const opened = views?.find(({ id }) => id === openedId) ?? null;
  const isKept = views?.some(({ query }) => isSameQuery(query, shown)) ?? false;
  const isPlain = Object.keys(shown).length === 0;
  if (views === null) return <p className="mb-3 text-[13px] text-muted-foreground">{text.unavailable}</p>;
  if (views.length === 0 && isPlain) return null;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <nav aria-label={text.label} className="min-w-0 max-w-full overflow-x-auto" hidden={views.length === 0}>
        <ul className="flex items-center gap-1">
          {views.length > 0 ? (
            <ViewTab href="?" isOpen={opened === null && isPlain}>
              {text.all}
            </ViewTab>
          ) : null}
          {views.map((view) => (
            <ViewTab key={view.id} href={viewHref(view)} isOpen={view === opened}>
              {view.shared ? <UsersIcon className="size-3.5" aria-label={sharedLabel(view)} /> : null}
              <bdi className="max-w-52 truncate">{view.name}</bdi>
              {view === opened && !isSameQuery(view.query, shown) ? (
                <span className="text-muted-foreground text-xs">{text.changed}</span>
              ) : null}
            </ViewTab>
          ))}
        </ul>
      </nav>
      {opened ? <SavedViewMenu view={opened} shown={shown} actions={actions} /> : null}
      {isPlain || isKept ? null : (
        <Button variant="outline" size="xs" onClick={() => setIsSaving(true)}>
          <BookmarkPlusIcon aria-hidden="true" />
          {text.save}
        </Button>
      )}
      {isSaving ? (
        <SaveViewDialog list={list} shown={shown} create={actions.create} onClose={() => setIsSaving(false)} />
      ) : null}
    </div>
  );
}

const sharedLabel = ({ own, ownerName }: ShownView): string =>
  own || ownerName === null ? text.shared : text.sharedBy(ownerName);

function ViewTab({ href, isOpen, children }: { href: string; isOpen: boolean; children: ReactNode }) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        aria-current={isOpen ? "page" : undefined}
        className={cn(
          "flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-[13px] text-muted-foreground outline-none transition-colors duration-150 hover:bg-accent hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset",
          isOpen && "bg-selected font-medium text-foreground",
        )}
      >
        {children}
      </Link>
    </li>
  );
}
