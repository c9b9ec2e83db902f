import { z } from "zod";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { toTarget } from "./create-rate-limit-exemption";
import { deleteRateLimitExemptionInput } from "./exemption-schemas";
import { findById, remove } from "./exemptions-repository";

/** Takes an exemption away: within a second the rules hold for whoever had it. */
export const deleteRateLimitExemption = defineCommand({
  name: "deleteRateLimitExemption",
  summary: "End an exemption from the rate limits",
  scope: "either",
  permission: "rate-limits.clear",
  readPermission: "rate-limits.read",
  audit: "rate-limit-exemption.delete",
  input: deleteRateLimitExemptionInput,
  output: z.null(),
  run: async ({ tx }, { exemptionId, reason = null }) => {
    const row = isId(exemptionId) ? await findById(tx, exemptionId) : null;
    if (!row || !(await remove(tx, row.id))) throw notFound("exemption");
    const expiresAt = row.expiresAt.toISOString();
    return {
      result: null,
      event: {
        target: toTarget(row),
        reason,
        changes: { expiresAt: { before: expiresAt, after: null } },
        details: { exemptionId: row.id, cidr: row.cidr, expiresAt },
      },
    };
  },
});
