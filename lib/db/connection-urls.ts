/** The login role that migrations create. */
export const appRole = "gatehouse_app";

/** The role that owns the job queue. */
export const workerRole = "gatehouse_worker";

/** The URL of the worker's small direct pool: the queue's own login with the same password, or the same login as that role. */
export function toWorkerUrl(databaseUrl: string): string {
  if (loginOf(databaseUrl) !== appRole) return withStartRole(databaseUrl, workerRole);
  const url = new URL(databaseUrl);
  url.username = workerRole;
  return url.href;
}

/** The login name in a connection URL; the empty string when it names none. */
export function loginOf(databaseUrl: string): string {
  return decodeURIComponent(new URL(databaseUrl).username);
}

/** The password in a connection URL, if it has one. */
export function passwordOf(databaseUrl: string): string | undefined {
  return decodeURIComponent(new URL(databaseUrl).password) || undefined;
}

/** A connection URL under which every connection starts as `role`. */
export function withStartRole(databaseUrl: string, role: string): string {
  const url = new URL(databaseUrl);
  const options = [url.searchParams.get("options"), `-c role=${role}`].filter(Boolean).join(" ");
  url.searchParams.delete("options");
  // URLSearchParams writes blanks as "+", which the driver does not read as blanks.
  return `${url.href}${url.search ? "&" : "?"}options=${encodeURIComponent(options)}`;
}
