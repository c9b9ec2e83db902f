import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of members: the newest first, or by name where somebody is searched for. */
export const membersList: ListDefinition = { id: "members", sortKeys: [], defaultSort: "", filters: ["role"] };

/** What may stand in the URL of the list of invitations; it is always newest first. */
export const invitationsList: ListDefinition = {
  id: "invitations",
  sortKeys: [],
  defaultSort: "",
  filters: ["status"],
};
