import type { Env } from "@/lib/config/env";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { noStore } from "@/lib/http/problem";
import { findCaller } from "./authenticate-request";
import { toSetCookie } from "./issued-session";
import { sessionCookieName } from "./session-cookie";

/**
 * Takes the cookie of a session that is over out of the browser, once its person has been told why; that of a live session
 * stays. Throws `UNAVAILABLE` when no store can tell which of the two it is.
 */
export async function forgetDeadSession(
  cookieHeader: string | null,
  { requestId, env }: { requestId: string; env: Pick<Env, "gatehouseUrl"> },
): Promise<Response> {
  const name = sessionCookieName(env);
  const headers = new Headers({ ...noStore, "Content-Type": "application/json", [requestIdHeader]: requestId });
  if (cookieHeader?.includes(`${name}=`) && !(await findCaller(cookieHeader))) {
    const secure = name.startsWith("__Host-");
    headers.append(
      "Set-Cookie",
      toSetCookie({ name, value: "", maxAge: 0, secure, httpOnly: true, sameSite: "lax", path: "/" }),
    );
  }
  return new Response(JSON.stringify({ status: true }), { headers });
}
