import { createLoader, createSerializer, parseAsString, type SearchParams } from "nuqs/server";

const parsers = { mail: parseAsString, cursor: parseAsString };
const load = createLoader(parsers);

/** The address of the mailbox with a message open, on a page of the list. */
export const mailboxHref = createSerializer(parsers);

/** The message that the URL opens and the page of the list beside it. */
export const loadMailboxParams = (searchParams: Promise<SearchParams>) => load(searchParams);
