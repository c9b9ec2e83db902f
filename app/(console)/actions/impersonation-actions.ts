"use server";

import { serverAction } from "@/lib/http/server-action";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { stopImpersonation } from "@/lib/impersonation/stop-impersonation";

export const startImpersonationAction = serverAction(startImpersonation);
export const stopImpersonationAction = serverAction(stopImpersonation);
