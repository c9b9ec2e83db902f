import { defineQuery } from "@/lib/operations/define-operation";
import { clientAddressWatch } from "./client-address-watch";
import { clientAddressHealth, getClientAddressHealthInput } from "./schemas";

/**
 * How clients' addresses are known: what all instances saw in the last ten minutes, what is wrong with it, and the
 * setting that mends it.
 */
export const getClientAddressHealth = defineQuery({
  name: "getClientAddressHealth",
  summary: "Check how clients' addresses are known",
  scope: "platform",
  permission: "settings.read",
  input: getClientAddressHealthInput,
  output: clientAddressHealth,
  run: async () => clientAddressWatch.get().read(),
});
