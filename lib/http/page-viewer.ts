import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { currentSession } from "@/lib/auth/current-session";
import type { Permission } from "@/lib/authorization/permissions";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import type { ActionProblem } from "@/lib/ui/action-result";
import { consoleContext } from "./console-context";
import { toProblem } from "./problem";
import { signInPath } from "./sign-in-path";

/** Who looks at the page, for display only: what is shown or greyed out. The operations decide what is allowed. */
export type PageViewer = {
  user: { id: string; name: string; email: string };
  /** Keys of the roles held in the scope; a platform role that counts in a tenant is `platform:` and its key. */
  roles: readonly string[];
  permissions: readonly Permission[];
  /** The highest rank held in the scope. */
  rank: number;
  isOwner: boolean;
  /** Whether the viewer holds any platform role. */
  ofPlatform: boolean;
  /** Whether the viewer belongs to the scope's tenant, in person: holds a role there, and nobody acts as them. */
  isMember: boolean;
  /** The administrator who acts as this user. */
  impersonatedBy: { id: string; name: string } | null;
  /** The absolute limit of the session. */
  expiresAt: string | null;
};

/** A page's viewer, or why this scope is closed to them although they belong to it. */
export type PageAdmission = { viewer: PageViewer } | { refusal: ActionProblem };

/**
 * The viewer of a console page, in a tenant or on the platform. Signed out: to the sign-in and back again; a tenant
 * that is foreign or absent: the page's 404. Throws `FORBIDDEN` for a tenant that is closed, and `UNAVAILABLE`.
 */
export async function pageViewer(tenantSlug?: string): Promise<PageViewer> {
  try {
    return toViewer(await consoleContext(tenantSlug));
  } catch (error) {
    return leaveFor(error);
  }
}

/** As `pageViewer`, for a scope's frame: a tenant that is closed to its members answers the reason, to be shown. */
export async function pageAdmission(tenantSlug?: string): Promise<PageAdmission> {
  try {
    return { viewer: await pageViewer(tenantSlug) };
  } catch (error) {
    if (isAppError(error) && error.code === "FORBIDDEN") return { refusal: toProblem(error, "") };
    throw error;
  }
}

/** The viewer of a page that signed-out people see, too; null for them. */
export async function findPageViewer(): Promise<PageViewer | null> {
  try {
    return toViewer(await consoleContext(undefined));
  } catch (error) {
    if (isAppError(error) && error.code === "UNAUTHENTICATED") return null;
    throw error;
  }
}

function toViewer(ctx: RequestContext): PageViewer {
  const { actor, grants, scope } = ctx;
  if (actor.type !== "user") throw new AppError("UNAUTHENTICATED", "Only people look at pages. Sign in to continue.");
  const { id, name, email, impersonatedBy } = actor;
  return {
    user: { id, name, email },
    roles: grants.roles,
    permissions: [...grants.permissions],
    rank: grants.rank,
    isOwner: grants.isOwner,
    ofPlatform: scope.kind === "platform" ? grants.roles.length > 0 : grants.roles.some(isOfPlatform),
    isMember: scope.kind === "tenant" && impersonatedBy === null && !grants.roles.every(isOfPlatform),
    impersonatedBy: impersonatedBy && { id: impersonatedBy.id, name: impersonatedBy.name },
    expiresAt: currentSession(ctx)?.expiresAt ?? null,
  };
}

const isOfPlatform = (role: string): boolean => role.startsWith("platform:");

async function leaveFor(error: unknown): Promise<never> {
  if (isAppError(error) && error.code === "UNAUTHENTICATED") redirect(signInPath(await headers()));
  if (isAppError(error) && error.code === "NOT_FOUND") notFound();
  throw error;
}
