import type { PageViewer } from "@/lib/http/page-viewer";
import { tenantRoleRankMax } from "@/lib/roles/schemas";

/** The highest rank that a viewer may give a role: below their own, in a tenant also below its owner's. */
export const roleRankMax = ({ rank }: PageViewer, tenantSlug: string | null): number =>
  tenantSlug === null ? rank - 1 : Math.min(rank - 1, tenantRoleRankMax);
