"use server";

import { serverAction } from "@/lib/http/server-action";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";

export const revokeSessionsAction = serverAction(revokeSessions);
