import { z } from "zod";

/** What an address was seen to be, request by request (see `AddressTally`). */
export const kindsSeen = ["plain", "claimed", "believed", "silent", "broken"] as const;

const count = z.number().int().min(0);

const addressObservation = z.object({
  /** Normalised; empty: all those beyond the bound. */
  address: z.string(),
  plain: count,
  claimed: count,
  believed: count,
  silent: count,
  broken: count,
  /** About how many addresses it says it forwards for. */
  clients: count,
  /** One chain as it was seen, the socket's peer first. */
  chain: z.array(z.string()),
});

/** What was seen of one address in ten minutes. */
export type AddressObservation = z.output<typeof addressObservation>;

/** What all instances saw: requests of ten minutes by address, and where the accounts of about a day came from. */
export const clientAddressObservations = z.object({
  requests: count,
  addresses: z.array(addressObservation),
  /** About how many accounts came at all, signed in. */
  accounts: count,
  /** Of those, by the blocks that many came from (an IPv4 address, or the /64 of an IPv6 one). */
  spread: z.array(z.object({ block: z.string(), accounts: count })),
});

/** What all instances saw of where requests come from. */
export type ClientAddressObservations = z.output<typeof clientAddressObservations>;
