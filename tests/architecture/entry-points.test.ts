import { describe, expect, it } from "vitest";
import { readEntryPoint } from "@/lib/http/entry-point-brand";
import { findFiles, importModule, readText } from "./project-files";
import { importRouteFiles, methods } from "./route-files";

describe("every entry point came from lib/http", () => {
  it("every method of every route below /api/v1 does, and none is left to Next's own answer", async () => {
    const files = await importRouteFiles();
    expect(files.length).toBeGreaterThan(10);
    const strangers = files.flatMap(({ file, exports }) => {
      const unanswered = methods.filter((method) => readEntryPoint(exports[method]) === undefined);
      const others = Object.keys(exports).filter((name) => !methods.includes(name));
      return [...unanswered, ...others].map((name) => `${file} ${name}`);
    });
    expect(strangers).toEqual([]);
  });

  it("a wrong method is answered with exactly the methods that the path has", async () => {
    for (const { file, exports } of await importRouteFiles()) {
      const kinds = methods.map((method) => [method, readEntryPoint(exports[method])?.kind] as const);
      const served = kinds.filter(([, kind]) => kind !== "method-not-allowed").map(([method]) => method);
      for (const [method] of kinds.filter(([, kind]) => kind === "method-not-allowed")) {
        const handler = exports[method];
        if (typeof handler !== "function") throw new Error(`${file} ${method}`);
        const response: unknown = await handler(new Request("http://gatehouse.test/", { method }));
        expect(response).toBeInstanceOf(Response);
        if (response instanceof Response)
          expect([file, response.headers.get("allow")]).toEqual([file, served.join(", ")]);
      }
    }
  });

  it("every server action does", async () => {
    const files = findFiles("app", /\.tsx?$/).filter((file) => /^\s*["']use server["']/m.test(readText(file)));
    const exported = await Promise.all(
      files.map(async (file) =>
        Object.entries(await importModule(file)).map(([name, value]) => ({ file, name, value })),
      ),
    );
    const strangers = exported.flat().filter(({ value }) => readEntryPoint(value)?.kind !== "server-action");
    expect(strangers.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });

  it("no page, layout or component runs an operation or asks who is calling by itself", () => {
    const forbidden = /from ["']@\/lib\/(?:operations\/run-operation|auth\/(?!auth-client)|db\/|redis\/)/;
    const files = [...findFiles("app", /\.tsx?$/), ...findFiles("components", /\.tsx?$/)].filter(
      (file) => !file.startsWith("app/api/auth/"),
    );
    expect(files.filter((file) => forbidden.test(readText(file)))).toEqual([]);
  });

  it("the only route handlers are those of the API and of Better Auth", () => {
    const routes = findFiles("app", /\/route\.tsx?$/);
    expect(routes.filter((file) => !/^app\/api\/(?:v1|auth)\//.test(file))).toEqual([]);
  });
});
