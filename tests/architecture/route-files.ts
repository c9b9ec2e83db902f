import { type EntryPoint, readEntryPoint } from "@/lib/http/entry-point-brand";
import type { RouteFile } from "@/lib/openapi/build-document";
import { readCurrentSession } from "@/lib/sessions/read-current-session";
import { findFiles, importModule } from "./project-files";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

// Answered by the server's fast lane, before any route file.
const fastLane: RouteFile = {
  path: "/session",
  methods: { GET: { kind: "route", operation: readCurrentSession, status: 200 } },
};

/** The files that declare routes below `/api/v1`, and what each exports. */
export async function importRouteFiles(): Promise<{ file: string; exports: Record<string, unknown> }[]> {
  const files = findFiles("app/api/v1", /\/route\.tsx?$/);
  return Promise.all(files.map(async (file) => ({ file, exports: await importModule(file) })));
}

/** The routes of the REST API, the fast lane's included. */
export async function readRoutes(): Promise<RouteFile[]> {
  const files = await importRouteFiles();
  return [fastLane, ...files.map(({ file, exports }) => ({ path: toPath(file), methods: readMethods(exports) }))];
}

function toPath(file: string): string {
  const path = file.replace(/^app\/api\/v1/, "").replace(/\/route\.tsx?$/, "");
  return path.replaceAll(/\[(\w+)\]/g, "{$1}");
}

function readMethods(exports: Record<string, unknown>): Record<string, EntryPoint> {
  const described = methods.map((method) => [method, readEntryPoint(exports[method])] as const);
  return Object.fromEntries(described.filter((entry): entry is [string, EntryPoint] => entry[1] !== undefined));
}
