import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { JsonBlock } from "@/components/detail/json-block";
import { LinkTabs } from "@/components/detail/link-tabs";
import { UserHeader } from "@/components/users/user-header";
import { UserOverview } from "@/components/users/user-overview";
import { pageQuery } from "@/lib/http/page-query";
import { type PageViewer, pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { getUser } from "@/lib/users/get-user";
import type { UserDetail } from "@/lib/users/schemas";
import { userActions } from "../user-actions";
import { loadUserTab, type UserTab, userTabs } from "./search-params";
import { UserActivity } from "./user-activity";
import { UserSessions } from "./user-sessions";

const text = messages.users;

export const metadata: Metadata = { title: text.noun.one };

/** One user: who they are, where they are signed in, and what happened to them. */
export default async function UserPage({
  params,
  searchParams,
}: {
  params: Promise<{ userId: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, user, tab] = await Promise.all([
    pageViewer(),
    pageQuery(getUser, { params }),
    loadUserTab(searchParams),
  ]);
  const tabs = userTabs.map((id) => ({
    id,
    label: text.tab[id],
    href: id === "overview" ? `/platform/users/${user.id}` : `/platform/users/${user.id}?tab=${id}`,
  }));
  return (
    <>
      <UserHeader user={user} viewer={{ id: viewer.user.id, permissions: viewer.permissions }} actions={userActions} />
      <div className="flex flex-col gap-5">
        <LinkTabs label={text.tab.label} tabs={tabs} current={tab} />
        <UserPart tab={tab} user={user} viewer={viewer} searchParams={searchParams} />
      </div>
    </>
  );
}

type UserPartProps = { tab: UserTab; user: UserDetail; viewer: PageViewer; searchParams: Promise<SearchParams> };

function UserPart({ tab, user, viewer, searchParams }: UserPartProps) {
  switch (tab) {
    case "overview":
      return <UserOverview user={user} />;
    case "sessions":
      return <UserSessions user={user} viewer={viewer} searchParams={searchParams} />;
    case "activity":
      return <UserActivity user={user} searchParams={searchParams} />;
    case "raw":
      return <JsonBlock value={user} what={text.tab.raw} />;
  }
}
