import { createLoader, parseAsString, type SearchParams } from "nuqs/server";

const load = createLoader({ token: parseAsString });

/** The token of a one-time link, or null where it was cut off on its way. */
export async function loadLinkToken(searchParams: Promise<SearchParams>): Promise<string | null> {
  const { token } = await load(searchParams);
  return token === "" ? null : token;
}
