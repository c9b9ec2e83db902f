import { describe, expect, it } from "vitest";
import { buildDocument } from "@/lib/openapi/build-document";
import { readText } from "./project-files";
import { readRoutes } from "./route-files";

const { version }: { version: string } = JSON.parse(readText("package.json"));

describe("docs/openapi.json", () => {
  // Rewritten by `npx vitest run --project architecture openapi -u`.
  it("is what the route files and the operations say", async () => {
    const document = buildDocument(await readRoutes(), version);
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot("../../docs/openapi.json");
  });

  it("names every operation once", async () => {
    const routes = await readRoutes();
    const document = JSON.stringify(buildDocument(routes, version));
    const ids = [...document.matchAll(/"operationId":"(\w+)"/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(15);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
