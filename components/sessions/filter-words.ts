import { valueInWords } from "@/components/data-table/value-in-words";
import { sessionsFilters } from "@/components/sessions/sessions-filters";
import type { RoleChoice } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.filter;

/** Which sessions are meant, as an operation takes it and a receipt keeps it. */
export type SessionFilterValues = Readonly<Record<string, string | number | boolean>>;

/** One condition of a filter in words: "Address is or is in" and "203.0.113.0/24". */
export type FilterPhrase = { parameter: string; condition: string; value: string };

/** A filter in words, one phrase for each condition, in the order of the filter menu; none where nothing narrows. */
export function filterPhrases(filter: SessionFilterValues, roles: readonly RoleChoice[] = []): FilterPhrase[] {
  const fields = sessionsFilters({ inTenant: false, ofOneUser: false }, roles);
  const known = fields.flatMap((field) =>
    field.operators.flatMap(({ parameter, label }) => {
      const value = filter[parameter];
      if (value === undefined) return [];
      return [{ parameter, condition: `${field.label} ${label}`, value: valueInWords(field, String(value)) }];
    }),
  );
  const { search } = filter;
  const searched =
    search === undefined || search === ""
      ? []
      : [{ parameter: "search", condition: `${text.search} ${text.contains}`, value: String(search) }];
  return [...searched, ...known];
}
