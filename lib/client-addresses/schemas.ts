import { z } from "zod";

/** What can be wrong with the way that requests take. */
export const findingKinds = [
  "untrusted-proxy",
  "silent-proxy",
  "broken-header",
  "forged-header",
  "shared-address",
] as const;

/** One thing that is wrong with how clients' addresses are known, or may be. */
export const clientAddressFinding = z.object({
  kind: z
    .enum(findingKinds)
    .describe(
      "untrusted-proxy: a proxy that is not trusted; silent-proxy: a trusted one that names nobody; broken-header: a trusted one that names what is no address; forged-header: a client that claims to forward for others; shared-address: most accounts come from one address.",
    ),
  severity: z.enum(["failure", "warning"]),
  address: z.string().describe("The address that it is about; empty where many are, too many to tell apart."),
  chain: z.array(z.string()).describe("The way of one such request, the socket's peer first; ? is what is no address."),
  requests: z.number().int().describe("Requests of the last ten minutes that are concerned."),
  share: z.number().min(0).max(1).describe("Of all requests; for a shared address, of all accounts."),
  clients: z.number().int().describe("About how many addresses it says it forwards for."),
  accounts: z.number().int().describe("About how many accounts came from it, signed in, in the last day; 0: few."),
  setting: z.string().nullable().describe("The setting that mends it, as it is written; null where none does."),
});

/** One thing that is wrong with how clients' addresses are known, or may be. */
export type ClientAddressFinding = z.output<typeof clientAddressFinding>;

/** How clients' addresses are known. */
export const clientAddressHealth = z.object({
  at: z.iso.datetime().describe("When the requests were seen that this speaks of."),
  requests: z.number().int().describe("Requests of the last ten minutes, health checks and their like apart."),
  source: z.enum(["all", "process"]).describe("process: Redis is away, and this is what one instance knows."),
  trustedProxies: z.array(z.string()).describe("Whose X-Forwarded-For is believed."),
  findings: z.array(clientAddressFinding).describe("The most urgent first; none: nothing is wrong."),
});

/** How clients' addresses are known. */
export type ClientAddressHealth = z.output<typeof clientAddressHealth>;

/** Takes no input. */
export const getClientAddressHealthInput = z.strictObject({});
