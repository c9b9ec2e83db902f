import { isSelf } from "@/lib/authorization/is-self";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";

/** Keeps people from shutting themselves out by an administrator's act. Throws `FORBIDDEN`. */
export function assertNotSelf(ctx: RequestContext, userId: string, verb: string): void {
  if (!isSelf(ctx, userId)) return;
  throw new AppError("FORBIDDEN", `You cannot ${verb} your own account. Ask another administrator.`);
}
