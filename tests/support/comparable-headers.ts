/**
 * Headers by which two answers may be told apart: without the request's id and the date, and without how many places the
 * caller has left, which are fewer with every call whatever it asks for.
 */
export function comparableHeaders(headers: Iterable<[string, string]>): [string, string][] {
  return [...headers]
    .filter(([name]) => name !== "x-request-id" && name !== "date")
    .map(([name, value]) => [name, name === "ratelimit" ? value.replaceAll(/\d+/g, "n") : value]);
}
