import { getClientAddressHealth } from "@/lib/client-addresses/get-client-address-health";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const GET = apiRoute(getClientAddressHealth);
export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
