import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Permission } from "@/lib/authorization/permissions";
import { isAppError } from "@/lib/errors/app-error";
import { consoleContext } from "./console-context";
import { signInPath } from "./sign-in-path";

/** Who looks at the page, for display only: what is shown or greyed out. The operations decide what is allowed. */
export type PageViewer = {
  user: { id: string; name: string; email: string };
  roles: readonly string[];
  permissions: readonly Permission[];
};

/** The viewer of a console page; signed out: to the sign-in and back again. Throws `UNAVAILABLE` when nobody can tell. */
export async function pageViewer(): Promise<PageViewer> {
  const viewer = await findPageViewer();
  return viewer ?? redirect(signInPath(await headers()));
}

/** The viewer of a page that signed-out people see, too; null for them. */
export async function findPageViewer(): Promise<PageViewer | null> {
  try {
    const { actor, grants } = await consoleContext(undefined);
    if (actor.type !== "user") return null;
    const { id, name, email } = actor;
    return { user: { id, name, email }, roles: grants.roles, permissions: [...grants.permissions] };
  } catch (error) {
    if (isAppError(error) && error.code === "UNAUTHENTICATED") return null;
    throw error;
  }
}
