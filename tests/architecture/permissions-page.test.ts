import { expect, it } from "vitest";
import { buildPermissionsPage } from "@/lib/openapi/build-permissions-page";
import { findOperations } from "./all-operations";

// Rewritten by `npx vitest run --project architecture permissions-page -u`.
it("docs/permissions.md is what the code says", async () => {
  const operations = (await findOperations()).map(({ operation }) => operation);
  await expect(buildPermissionsPage(operations)).toMatchFileSnapshot("../../docs/permissions.md");
});
