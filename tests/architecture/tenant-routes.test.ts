import { expect, it } from "vitest";
import { readRoutes } from "./route-files";

const prefix = "/tenants/{tenantSlug}";

/** Every route as `METHOD path operation status`, of the operations that exist in the named scopes. */
async function routesOf(scopes: readonly string[]): Promise<{ inTenant: string[]; onPlatform: string[] }> {
  const routes = (await readRoutes()).flatMap(({ path, methods }) =>
    Object.entries(methods).flatMap(([method, entry]) =>
      entry.kind === "route" && scopes.includes(entry.operation.scope)
        ? [{ path, text: (at: string) => `${method} ${at} ${entry.operation.name} ${entry.status}` }]
        : [],
    ),
  );
  const tenant = routes.filter(({ path }) => path.startsWith(`${prefix}/`));
  const platform = routes.filter(({ path }) => !path.startsWith(`${prefix}/`));
  return {
    inTenant: tenant.map(({ path, text }) => text(path.slice(prefix.length))).sort(),
    onPlatform: platform.map(({ path, text }) => text(path)).sort(),
  };
}

it("whatever exists in either scope is served in both, by the same methods and with the same status", async () => {
  const { inTenant, onPlatform } = await routesOf(["either"]);
  expect(onPlatform.length).toBeGreaterThan(10);
  expect(inTenant).toEqual(onPlatform);
});

it("nothing that exists in a tenant alone is served outside of one", async () => {
  expect((await routesOf(["tenant"])).onPlatform).toEqual([]);
});
