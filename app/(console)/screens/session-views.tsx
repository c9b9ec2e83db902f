import type { ShownView, ViewQuery } from "@/components/saved-views/saved-view";
import { SavedViewsBar } from "@/components/saved-views/saved-views-bar";
import { pageResult } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";
import { listSavedViews } from "@/lib/saved-views/list-saved-views";
import type { SavedView } from "@/lib/saved-views/schemas";
import { createSavedViewAction, deleteSavedViewAction, updateSavedViewAction } from "../actions/saved-view-actions";

type SessionViewsProps = { viewer: PageViewer; tenantSlug: string | null; shown: ViewQuery };

/** The saved views of the sessions list in one scope. */
export async function SessionViews({ viewer, tenantSlug, shown }: SessionViewsProps) {
  const result = await pageResult(listSavedViews, {
    params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }),
    input: { list: "sessions" },
  });
  const mayDeleteAny = viewer.permissions.includes("settings.update");
  return (
    <SavedViewsBar
      list="sessions"
      views={result.ok ? result.data.data.map((view) => toShown(view, mayDeleteAny)) : null}
      shown={shown}
      actions={{
        create: createSavedViewAction.bind(null, tenantSlug),
        update: updateSavedViewAction.bind(null, tenantSlug),
        remove: deleteSavedViewAction.bind(null, tenantSlug),
      }}
    />
  );
}

function toShown({ id, name, shared, own, owner, query }: SavedView, mayDeleteAny: boolean): ShownView {
  return { id, name, shared, own, mayDelete: own || mayDeleteAny, ownerName: owner.name, query: toQuery(query) };
}

// The operation has checked every field when it was saved; what is no plain value stands in no URL.
function toQuery(query: Record<string, unknown>): ViewQuery {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof entry[1]),
    ),
  );
}
