import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of receipts; it is always newest first. */
export const receiptsList: ListDefinition = {
  id: "receipts",
  sortKeys: [],
  defaultSort: "",
  filters: ["status", "kind", "actor", "from", "to"],
};
