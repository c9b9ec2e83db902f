/**
 * The layers of docs/architecture.md as rules: a broken one fails `npm run check` and the architecture suite.
 * Within lib/, a "domain" is any folder that is not named here as infrastructure.
 */
const infrastructure =
  "operations|authorization|auth|http|openapi|errors|config|db|redis|jobs|observability|server|embedded|cli|ui";
const domainFile = `^lib/(?!(?:${infrastructure})/)[^/]+/`;
const store = "(?:repository|-store|-repository)[.]ts$";

const forbidden = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbidden(
      "no-cycles",
      "A cycle has no layer.",
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ["type-only"] },
      },
    ),
    forbidden("no-unresolved", "Every import must resolve.", {}, { couldNotResolve: true }),
    forbidden(
      "no-undeclared-package",
      "Whatever is imported is declared in package.json.",
      { path: "^(?:app|components|lib|scripts)/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    forbidden(
      "no-dev-package-at-run-time",
      "The product runs without its dev dependencies.",
      { path: "^(?:app|components|lib)/" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    ),
    forbidden(
      "app-reaches-no-store",
      "app reads the URL and hands an operation to lib/http; data is reached through operations alone.",
      { path: "^(?:app/|middleware[.]ts$)" },
      { path: ["^lib/(?:db|redis|embedded|server|cli|jobs)/", store, "^prisma/"] },
    ),
    forbidden(
      "app-uses-auth-in-api-auth-only",
      "Better Auth has one door: app/api/auth.",
      { path: "^app/", pathNot: "^app/api/auth/" },
      { path: "^lib/auth/", pathNot: "^lib/auth/auth-client[.]ts$" },
    ),
    forbidden(
      "middleware-stays-tiny",
      "middleware.ts decides nothing: no domains, no authorization, no drivers.",
      { path: "^middleware[.]ts$" },
      { path: ["^lib/(?!config/|http/|ui/)", "node_modules/(?:ioredis|pg|@prisma)/"] },
    ),
    forbidden(
      "components-know-no-server",
      "Components import components, lib/ui, schemas and the auth client; actions arrive as props.",
      { path: "^components/" },
      {
        path: ["^lib/", "^app/", "^prisma/"],
        pathNot: ["^lib/ui/", "^lib/[^/]+/[a-z-]*schemas[.]ts$", "^lib/auth/auth-client[.]ts$"],
      },
    ),
    forbidden(
      "browser-safe-schemas",
      "schemas.ts files ship to the browser: nothing of the server behind them.",
      { path: "^lib/[^/]+/[a-z-]*schemas[.]ts$" },
      { path: ["^lib/(?:db|redis|auth|server|embedded|config|observability|http)/", "^prisma/", store] },
    ),
    forbidden(
      "browser-safe-ui",
      "lib/ui ships to the browser.",
      { path: "^lib/ui/" },
      { path: "^lib/", pathNot: ["^lib/ui/", "^lib/[^/]+/[a-z-]*schemas[.]ts$"] },
    ),
    forbidden(
      "domains-import-no-framework",
      "Domains run as they are in the CLI, in jobs and in tests.",
      { path: ["^lib/"], pathNot: ["^lib/(?:http|ui|auth|server|openapi)/"] },
      { path: "node_modules/(?:next|react|react-dom)/" },
    ),
    forbidden(
      "domain-keeps-its-repository",
      "Another domain's data is reached through its shared steps, never through its repository or store.",
      { path: "^lib/([^/]+)/", pathNot: "^lib/(?:server|cli|jobs|auth|audit|operations)/" },
      { path: `^lib/[^/]+/.*${store}`, pathNot: "^lib/$1/" },
    ),
    forbidden(
      "repository-holds-no-rules",
      "A repository imports the database's types and its own schemas.",
      { path: `${domainFile}.*repository[.]ts$` },
      {
        path: ["^lib/(?:operations|authorization|auth|http|redis|server|cli|jobs)/", `^lib/[^/]+/.*${store}`],
      },
    ),
    forbidden(
      "domains-do-not-look-up",
      "A domain knows nothing of the doors through which it is called.",
      { path: domainFile },
      { path: ["^lib/(?:http|server|cli|openapi|embedded)/", "^app/", "^components/"] },
    ),
    forbidden(
      "infrastructure-knows-no-domain",
      "lib/db and lib/redis serve every domain and know none; migrations copy the catalogue of permissions, which is data.",
      { path: "^lib/(?:db|redis)/" },
      {
        path: "^lib/(?!(?:db|redis|config|errors|observability)/)",
        pathNot: "^lib/authorization/(?:permissions|built-in-roles)[.]ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbidden(
      "base-stands-alone",
      "Everyone imports errors and config, so they import nobody.",
      { path: "^lib/(?:errors|config)/" },
      { path: "^lib/(?!(?:errors|config)/)" },
    ),
    forbidden(
      "embedded-for-start-up-only",
      "The embedded stores serve `up`, `dev`, the CLI and tests.",
      { path: "^(?:app|components|lib)/", pathNot: "^lib/(?:embedded|server|cli)/" },
      { path: "^lib/embedded/" },
    ),
    forbidden(
      "product-imports-no-test",
      "Tests and start-up scripts are no part of the product.",
      { path: "^(?:app|components|lib|middleware[.]ts)" },
      { path: "^(?:tests|scripts)/" },
    ),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^prisma/generated"] },
    exclude: { path: ["^[.]next/", "^dist/"] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
