import { JsonBlock } from "@/components/detail/json-block";
import { LinkTabs } from "@/components/detail/link-tabs";
import { PageName } from "@/components/layout/page-name";
import { SignInLockNotice } from "@/components/users/sign-in-lock-notice";
import { UserHeader } from "@/components/users/user-header";
import { UserOverview } from "@/components/users/user-overview";
import { pageQuery } from "@/lib/http/page-query";
import { type PageViewer, pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";
import { getUser } from "@/lib/users/get-user";
import type { UserDetail } from "@/lib/users/schemas";
import { loadUserTab, type UserTab, userTabs } from "../lists/user-tabs";
import { bindUserActions } from "./bind-user-actions";
import type { ScreenProps } from "./screen-props";
import { UserAccess } from "./user-access";
import { UserActivity } from "./user-activity";
import { UserSessions } from "./user-sessions";

const text = messages.users;

/** One user: who they are, where they are signed in, and what happened to them. */
export async function UserScreen({ params, searchParams }: ScreenProps<{ userId: string }>) {
  const { tenantSlug = null } = await params;
  const [viewer, user, tab] = await Promise.all([
    pageViewer(tenantSlug ?? undefined),
    pageQuery(getUser, { params }),
    loadUserTab(searchParams),
  ]);
  const path = scopePath(tenantSlug, `/users/${user.id}`);
  // Why somebody may do something is told to those who may read roles.
  const shown = userTabs.filter((id) => id !== "access" || viewer.permissions.includes("roles.read"));
  const tabs = shown.map((id) => ({
    id,
    label: text.tab[id],
    href: id === "overview" ? path : `${path}?tab=${id}`,
  }));
  const looking = { id: viewer.user.id, permissions: viewer.permissions };
  const actions = bindUserActions(tenantSlug);
  const { signInLock: lock } = user;
  return (
    <>
      <PageName name={user.name || user.email} />
      <UserHeader user={user} viewer={looking} actions={actions} />
      <div className="flex flex-col gap-5">
        {lock ? <SignInLockNotice user={user} lock={lock} viewer={looking} perform={actions.unlockSignIn} /> : null}
        <LinkTabs label={text.tab.label} tabs={tabs} current={tab} />
        <UserPart
          tab={tab}
          user={user}
          viewer={viewer}
          tenantSlug={tenantSlug}
          params={params}
          searchParams={searchParams}
        />
      </div>
    </>
  );
}

type UserPartProps = ScreenProps & { tab: UserTab; user: UserDetail; viewer: PageViewer; tenantSlug: string | null };

function UserPart({ tab, user, viewer, tenantSlug, params, searchParams }: UserPartProps) {
  switch (tab) {
    case "overview":
      return <UserOverview user={user} inTenant={tenantSlug !== null} />;
    case "sessions":
      return <UserSessions user={user} viewer={viewer} params={params} searchParams={searchParams} />;
    case "activity":
      return <UserActivity user={user} params={params} searchParams={searchParams} />;
    case "access":
      return <UserAccess user={user} viewer={viewer} params={params} searchParams={searchParams} />;
    case "raw":
      return <JsonBlock value={user} what={text.tab.raw} />;
  }
}
