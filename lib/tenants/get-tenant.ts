import { defineQuery } from "@/lib/operations/define-operation";
import { readTenantDetail } from "./read-tenant";
import { tenantDetail, tenantSlugInput } from "./schemas";

/** One tenant, with the number of sessions that a suspension would end. */
export const getTenant = defineQuery({
  name: "getTenant",
  summary: "Get a tenant",
  scope: "platform",
  permission: "tenants.read",
  input: tenantSlugInput,
  output: tenantDetail,
  run: (tools, { tenantSlug }) => readTenantDetail(tools, tenantSlug),
});
