import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import type { ApiRoute } from "./api-route";
import { brandEntryPoint } from "./entry-point-brand";
import { methodNotAllowedResponse, problemResponse } from "./problem";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The methods that a path does not answer: 405 with `Allow`, as a problem. Next's own 405 has neither. */
export function otherMethods(...allowed: readonly Method[]): Record<Method, ApiRoute> {
  const route: ApiRoute = brandEntryPoint({ kind: "method-not-allowed" }, async (request: Request) =>
    methodNotAllowedResponse(allowed, requestIdOf(request)),
  );
  return { GET: route, POST: route, PUT: route, PATCH: route, DELETE: route };
}

/** The 404 of every path below `/api/v1` that does not exist. */
export const notFoundRoute: ApiRoute = brandEntryPoint({ kind: "not-found" }, async (request: Request) =>
  problemResponse(new AppError("NOT_FOUND", "There is no such address in this API."), requestIdOf(request)),
);

/** Serves a document that is the same for everybody, such as the description of the API. */
export function documentRoute(document: object): ApiRoute {
  const body = JSON.stringify(document);
  return brandEntryPoint({ kind: "document" }, async (request: Request) => {
    const headers = {
      "Content-Type": "application/json",
      "Cache-Control": "no-cache",
      [requestIdHeader]: requestIdOf(request),
    };
    return new Response(body, { headers });
  });
}

function requestIdOf(request: Request): string {
  return request.headers.get(requestIdHeader) ?? newId();
}
