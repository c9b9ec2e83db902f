import { writeAuditEvents } from "@/lib/audit/write-audit-events";
import { setEndedBy, withScope } from "@/lib/db/scoped-transaction";
import { logger } from "@/lib/observability/logger";
import type { RequestContext } from "@/lib/operations/request-context";
import { trustedContext } from "@/lib/operations/trusted-context";
import { type DueTenant, findDue, purgeStep } from "./purge-repository";

/** Rows of one transaction: short enough to hold nobody up in a tenant of hundreds of thousands. */
const batchSize = 1_000;
/** Tenants of one run. */
const tenantsMax = 20;

/**
 * Removes tenants whose grace period is over, in short transactions: accounts at home there go to the platform, its
 * memberships, roles, keys and invitations go. The audit log and the history of sessions stay. Returns how many went.
 */
export async function purgeTenants(): Promise<number> {
  const due = await withScope({ kind: "platform" }, (tx) => findDue(tx, tenantsMax));
  let purged = 0;
  for (const tenant of due) {
    try {
      await purge(trustedContext("job", "purge-tenants"), tenant);
      purged += 1;
    } catch (error) {
      // One that cannot go, or was restored meanwhile, keeps nobody else; the next run tries again.
      logger.get().error({ tenantId: tenant.id, err: error }, "a tenant could not be removed");
    }
  }
  return purged;
}

async function purge(ctx: RequestContext, tenant: DueTenant): Promise<void> {
  const step = () =>
    withScope({ kind: "platform" }, async (tx) => {
      await setEndedBy(tx, { reason: "suspended", type: "job", id: null, name: ctx.actor.name, receiptId: null });
      if (await purgeStep(tx, tenant.id, batchSize)) return true;
      const target = { type: "tenant", id: tenant.id, name: tenant.slug };
      await writeAuditEvents(tx, ctx, [
        { action: "tenant.purge", target, tenantId: tenant.id, details: { slug: tenant.slug } },
      ]);
      return false;
    });
  while (await step());
}
