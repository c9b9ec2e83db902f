import type { ListPage } from "@/components/data-table/list-page";
import type { EndSessions } from "@/components/sessions/end-sessions-dialog";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import type { RevocationPreview } from "@/lib/sessions/preview-schemas";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { Session } from "@/lib/sessions/schemas";
import type { ActionResult } from "@/lib/ui/action-result";

/** Everything that ends the sessions a preview was of. */
export type EndMatching = (input: {
  filter: SessionFilterValues;
  previewToken: string;
  includeNew: boolean;
  includeOwn: boolean;
  reason: string;
}) => Promise<ActionResult<Receipt>>;

/** Says what ending the sessions of a filter would hit. */
export type PreviewMatching = (input: { filter: SessionFilterValues }) => Promise<ActionResult<RevocationPreview>>;

/** The server actions that the lists of sessions hand to their dialogs. */
export type SessionActions = {
  read: (input: Record<string, unknown>) => Promise<ActionResult<ListPage<Session>>>;
  end: EndSessions;
  preview: PreviewMatching;
  endMatching: EndMatching;
};
