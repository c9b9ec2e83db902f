/**
 * Headers that the server sets on every request before anything reads it, overwriting whatever the client sent: the
 * only way by which its socket's facts reach code that sees a `Request` and no socket.
 */

/** The id of the request; also answered, so that a person can quote it. */
export const requestIdHeader = "x-request-id";

/** The client's address, after `TRUSTED_PROXIES` has been applied (see lib/http/client-address.ts). */
export const clientAddressHeader = "x-gatehouse-client-address";

/** Path and query of the page being rendered, set by middleware.ts: the way back after a sign-in, nothing more. */
export const pagePathHeader = "x-gatehouse-page-path";
