import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { clientAddressHeader, requestIdHeader } from "@/lib/config/internal-headers";
import { clientAddressResolver, normalizeAddress } from "@/lib/http/client-address";

const forwardingNames = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"];
// Unlike the id of a row it is made for every request, most of which leave no row: a counter under a random prefix.
const prefix = randomBytes(9).toString("base64url");
let requests = 0;

function nextRequestId(): string {
  requests += 1;
  return `${prefix}-${requests.toString(36)}`;
}

const forwarded = new WeakSet<IncomingMessage>();

/**
 * A function that writes what we know of a request into its headers, under names of ours, and returns the request's id.
 * Nothing that a client sends under those names may be taken for ours; nor may what only a trusted proxy may say.
 */
export function factsWriter(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const addressOf = trustedProxies.length === 0 ? peerOf : behindProxies(trustedProxies);
  return (request) => {
    const { headers } = request;
    const requestId = nextRequestId();
    const address = addressOf(request);
    if (trustedProxies.length === 0) dropForwarding(request);
    if (address === null) delete headers[clientAddressHeader];
    else headers[clientAddressHeader] = address;
    headers[requestIdHeader] = requestId;
    return requestId;
  };
}

/** Whether a request says that it came through a proxy, which nobody trusts: its socket's peer is then not its client. */
export function wasForwarded(request: IncomingMessage): boolean {
  return forwarded.has(request);
}

const peers = new WeakMap<Socket, string | null>();

// A connection keeps its peer, so it is read and normalised once for all of its requests.
function peerOf({ socket }: IncomingMessage): string | null {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = normalizeAddress(socket.remoteAddress);
  peers.set(socket, peer);
  return peer;
}

function behindProxies(trustedProxies: readonly string[]): (request: IncomingMessage) => string | null {
  const resolve = clientAddressResolver(trustedProxies);
  return ({ headers, socket }) => {
    const forwardedFor = headers["x-forwarded-for"];
    return resolve({
      remoteAddress: socket.remoteAddress,
      forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor,
    });
  };
}

function dropForwarding(request: IncomingMessage): void {
  for (const name of forwardingNames) {
    if (request.headers[name] === undefined) continue;
    delete request.headers[name];
    forwarded.add(request);
  }
}
