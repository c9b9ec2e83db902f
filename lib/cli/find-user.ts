import { validate } from "uuid";
import { notFound } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { getUser } from "@/lib/users/get-user";
import { listUsers } from "@/lib/users/list-users";
import { normalAddress } from "@/lib/users/normal-address";
import type { UserDetail } from "@/lib/users/schemas";

/** The user with this id or address, as people type them. Throws `NOT_FOUND`. */
export async function findUser(ctx: RequestContext, idOrEmail: string): Promise<UserDetail> {
  const userId = validate(idOrEmail) ? idOrEmail : await findIdByEmail(ctx, normalAddress(idOrEmail));
  return runOperation(getUser, ctx, { userId });
}

// An address may be part of longer ones, which the search finds as well; in the order of addresses it is never far.
async function findIdByEmail(ctx: RequestContext, email: string): Promise<string> {
  let cursor: string | undefined;
  do {
    const page: { data: { id: string; email: string }[]; nextCursor: string | null } = await runOperation(
      listUsers,
      ctx,
      {
        search: email,
        limit: 100,
        cursor,
      },
    );
    const found = page.data.find((user) => user.email === email);
    if (found) return found.id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  throw notFound("user");
}
