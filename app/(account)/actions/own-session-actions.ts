"use server";

import { revokeOtherOwnSessions } from "@/lib/account/revoke-other-own-sessions";
import { revokeOwnSession } from "@/lib/account/revoke-own-session";
import { serverAction } from "@/lib/http/server-action";

export const revokeOwnSessionAction = serverAction(revokeOwnSession);
export const revokeOtherOwnSessionsAction = serverAction(revokeOtherOwnSessions);
