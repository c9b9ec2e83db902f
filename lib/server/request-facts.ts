import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { AddressTallies } from "@/lib/client-addresses/address-tallies";
import { clientAddressHeader, requestIdHeader } from "@/lib/config/internal-headers";
import { normalizeAddress, type Trail, trailReader } from "@/lib/http/client-address";
import type { ForwardingClaims } from "@/lib/http/forwarding-claims";
import { observeRequest, type Peer, type Sight } from "./observe-request";

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
 * `tallies` learn where people's requests come from.
 */
export function factsWriter(
  trustedProxies: readonly string[],
  tallies?: AddressTallies,
): (request: IncomingMessage) => string {
  const { isTrusted, follow } = trailReader(trustedProxies);
  const peerOf = peerReader(isTrusted);
  // Written anew for every request, and read before the next one.
  const trail: Trail = { address: null, end: "client", hops: 0 };
  const claims: ForwardingClaims = { forwardedFor: undefined, forwarded: undefined };
  const sight: Sight = { peer: { address: null, trusted: false, tally: undefined }, claims, trail };
  return (request) => {
    const { headers } = request;
    const requestId = nextRequestId();
    const peer = peerOf(request.socket);
    claims.forwardedFor = toText(headers["x-forwarded-for"]);
    claims.forwarded = toText(headers.forwarded);
    let { address } = peer;
    if (peer.trusted && address !== null) {
      follow(address, claims.forwardedFor, trail);
      address = trail.address;
    }
    if (tallies && isOfPeople(request.url ?? "")) {
      sight.peer = peer;
      observeRequest(tallies, sight);
    }
    if (!peer.trusted) dropForwarding(request);
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

// A connection keeps its peer, so it is read and normalised once for all of its requests.
function peerReader(isTrusted: (address: string) => boolean): (socket: Socket) => Peer {
  const peers = new WeakMap<Socket, Peer>();
  return (socket) => {
    const known = peers.get(socket);
    if (known !== undefined) return known;
    const address = normalizeAddress(socket.remoteAddress);
    const peer: Peer = { address, trusted: address !== null && isTrusted(address), tally: undefined };
    peers.set(socket, peer);
    return peer;
  };
}

// Probes, scrapers and other services' checks come from machines, often past the proxy, and say nothing of people's way.
function isOfPeople(url: string): boolean {
  if (!url.startsWith("/api/")) return true;
  return !url.startsWith("/api/health/") && !url.startsWith("/api/metrics") && !/^\/api\/v1\/session(?:\?|$)/.test(url);
}

function toText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(",") : header;
}

function dropForwarding(request: IncomingMessage): void {
  for (const name of forwardingNames) {
    if (request.headers[name] === undefined) continue;
    delete request.headers[name];
    forwarded.add(request);
  }
}
