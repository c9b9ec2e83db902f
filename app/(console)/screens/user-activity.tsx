import type { SearchParams } from "nuqs/server";

import { AuditTable } from "@/components/audit/audit-table";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import type { UserDetail } from "@/lib/users/schemas";
import { userEventsList } from "../lists/audit-list";
import { loadList } from "../load-list";

type UserActivityProps = {
  user: UserDetail;
  params: Promise<{ tenantSlug?: string }>;
  searchParams: Promise<SearchParams>;
};

/** What the audit log holds about one user: events whose target they are. */
export async function UserActivity({ user, params, searchParams }: UserActivityProps) {
  const result = await loadList(listAuditEvents, {
    list: userEventsList,
    params,
    searchParams,
    input: { target: user.id },
  });
  return (
    <AuditTable
      list={userEventsList}
      page={result.ok ? result.data : null}
      problem={result.ok ? null : result.problem}
      ofOneUser
    />
  );
}
