import { readAddressList } from "@/lib/config/address-list";

/** Whether an address is this machine's own. Programs on it ask for many reasons, people for none. */
export const isLoopback = readAddressList(["127.0.0.0/8", "::1"]);

/** Whether an address is one that only an internal network has: RFC 1918, 3927, 4193, 6598, link-local and loopback. */
export const isInternal = readAddressList([
  ...["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"],
  ...["::1", "fc00::/7", "fe80::/10"],
]);
