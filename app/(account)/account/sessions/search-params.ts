import { createLoader, parseAsString, type SearchParams } from "nuqs/server";

const load = createLoader({ after: parseAsString, endedAfter: parseAsString });

/** Where the page of live sessions and that of ended ones begin: cursors of their lists, or the beginning. */
export async function loadOwnSessionsPages(searchParams: Promise<SearchParams>) {
  const { after, endedAfter } = await load(searchParams);
  return { after: after ?? undefined, endedAfter: endedAfter ?? undefined };
}
