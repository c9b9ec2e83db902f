import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";

export const GET = apiRoute(listReceipts);
export const POST = apiRoute(revokeSessions);
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
