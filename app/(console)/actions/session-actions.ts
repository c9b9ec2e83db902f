"use server";

import { serverAction } from "@/lib/http/server-action";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { listSessions } from "@/lib/sessions/list-sessions";
import { previewRevocation } from "@/lib/sessions/preview-revocation";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";

export const listSessionsAction = serverAction(listSessions);
export const previewRevocationAction = serverAction(previewRevocation);
export const revokeSessionsAction = serverAction(revokeSessions);
export const listReceiptsAction = serverAction(listReceipts);
export const getReceiptAction = serverAction(getReceipt);
