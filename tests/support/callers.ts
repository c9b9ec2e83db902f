import { sessionCookie, signSessionToken } from "@/lib/auth/session-cookie";
import type { ApiRoute } from "@/lib/http/api-route";
import { publicOrigins } from "@/lib/http/public-origins";

/** An answer of a route, read to its end, with the `Cookie` header of the session that it issued, if it did. */
export type RouteAnswer = { status: number; text: string; json: unknown; headers: Headers; cookie: string | null };

type RouteCall = {
  method?: string;
  /** The path parameters, as Next would read them. */
  params?: Record<string, string>;
  body?: object;
  query?: string;
  headers?: Record<string, string>;
};

/** Calls a route of the API as Next would, with a `Cookie` header or another way to say who is calling. */
export async function callRoute(
  route: ApiRoute,
  caller: Record<string, string>,
  call: RouteCall = {},
): Promise<RouteAnswer> {
  const { method = "GET", params = {}, body, query = "", headers = {} } = call;
  const request = new Request(`http://gatehouse.test/api/v1${query}`, {
    method,
    headers: {
      origin: publicOrigins()[0] ?? "",
      ...(body ? { "content-type": "application/json" } : {}),
      ...caller,
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const set = response.headers.getSetCookie()[0];
  return {
    status: response.status,
    text,
    json: text === "" ? null : JSON.parse(text),
    headers: response.headers,
    cookie: set?.split(";")[0] ?? null,
  };
}

/** Whoever holds a session's token. */
export function byToken(token: string): { cookie: string } {
  const settings = sessionCookie.get();
  return { cookie: `${settings.name}=${signSessionToken(token, settings)}` };
}

/** Whoever holds an API key. */
export function byKey(secret: string): { authorization: string } {
  return { authorization: `Bearer ${secret}` };
}
