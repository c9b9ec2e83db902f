import { z } from "zod";
import { errorStatus } from "@/lib/errors/app-error";
import type { EntryPoint } from "@/lib/http/entry-point-brand";
import { describeOperation, type OperationRoute } from "./describe-operation";

/** One route file: its path below `/api/v1` with parameters in braces, and what each of its methods does. */
export type RouteFile = { path: string; methods: Record<string, EntryPoint> };

/** The description of the REST API, OpenAPI 3.1: nothing but what the route files and the operations say. */
export function buildDocument(files: readonly RouteFile[], version: string): object {
  const routes = files.flatMap(toOperationRoutes).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const names = routes.map(({ operation }) => operation.name);
  const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method] = describeOperation(route, isShared(route.operation.name));
    paths[route.path] = methods;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Gatehouse", version, description: "Users, sessions and the audit log of an installation." },
    servers: [{ url: "/api/v1" }],
    security: [{ session: [] }, { key: [] }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-gatehouse.session",
          description: "gatehouse.session on http.",
        },
        key: { type: "http", scheme: "bearer", bearerFormat: "gh_…" },
      },
      responses: { Problem: problemResponse() },
      schemas: { Problem: problemSchema() },
    },
  };
}

function toOperationRoutes({ path, methods }: RouteFile): OperationRoute[] {
  return Object.entries(methods).flatMap(([method, entryPoint]) =>
    entryPoint.kind === "route"
      ? [{ path, method: method.toLowerCase(), operation: entryPoint.operation, status: entryPoint.status }]
      : [],
  );
}

function problemResponse(): object {
  return {
    description: "What went wrong and what to do (RFC 9457).",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function problemSchema(): object {
  const schema = z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum([...Object.keys(errorStatus), "METHOD_NOT_ALLOWED"]),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  });
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema);
  return json;
}
