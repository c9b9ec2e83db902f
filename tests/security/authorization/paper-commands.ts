import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import { apiRoute } from "@/lib/http/api-route";
import { acceptInvitation } from "@/lib/invitations/accept-invitation";
import { createInvitations } from "@/lib/invitations/create-invitations";
import { hashInvitationToken } from "@/lib/invitations/invitation-token";
import { revokeInvitation } from "@/lib/invitations/revoke-invitation";
import { removeMember } from "@/lib/members/remove-member";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { unassignRole } from "@/lib/roles/unassign-role";
import { lockUser } from "@/lib/users/lock-user";
import { unlockUser } from "@/lib/users/unlock-user";
import { byKey, callRoute } from "@/tests/support/callers";
import { userActor } from "@/tests/support/contexts";
import type { ModelCommand, ModelUser, Of } from "./model-facts";
import type { World } from "./model-world";

type InvitationCommand = Of<"invite" | "revoke-invitation" | "accept">;
type KeyCommand = Of<"create-key" | "rotate-key" | "revoke-key">;

/** Invites, withdraws and accepts; returns the id of what was made. */
export async function executeInvitation(
  world: World,
  command: InvitationCommand,
  ctx: RequestContext,
): Promise<string | null> {
  if (command.kind === "invite") return invite(command, ctx);
  const { id } = command.invitation;
  if (command.kind === "accept") await accept(world, command);
  else await runOperation(revokeInvitation, ctx, { invitationId: id });
  return null;
}

async function invite({ invitee, roles }: Of<"invite">, ctx: RequestContext): Promise<string> {
  const wanted = { emails: [emailOf(invitee)], roles: roles.map(({ id }) => id) };
  const [made] = (await runOperation(createInvitations, ctx, wanted)).data;
  // Whoever is a member is named in the answer, and nothing comes of it.
  if (!made) throw new AppError("CONFLICT", "They are a member.");
  return made.id;
}

// The link is in a mail and nowhere else: the test puts one of its own in its place.
async function accept({ runtime }: World, { actor, invitation }: Of<"accept" | "revoke-invitation">): Promise<void> {
  const token = newId();
  const sql = "update invitation set token_hash = $2 where id = $1::uuid";
  await runtime.asSuperuser(sql, [invitation.id, hashInvitationToken(token)]);
  const user = userActor({ id: actor.id, email: emailOf(actor), name: "P" });
  const caller = { requestId: newId(), clientAddress: null, userAgent: null, user };
  await acceptInvitation({ invitationId: invitation.id, token, newcomer: null }, caller);
}

/** The address that the world gives somebody. */
const emailOf = ({ id }: ModelUser) => `${id}@example.com`;

/** Makes, rotates and revokes keys; returns the id of what was made. */
export async function executeKey(world: World, command: KeyCommand, ctx: RequestContext): Promise<string | null> {
  if (command.kind === "create-key") {
    const wanted = { name: "K", permissions: [...command.permissions] };
    const { id, secret } = await runOperation(createApiKey, ctx, wanted);
    world.secrets.set(id, secret);
    return id;
  }
  const { id } = command.subject;
  if (command.kind === "revoke-key") await runOperation(revokeApiKey, ctx, { keyId: id });
  else world.secrets.set(id, (await runOperation(rotateApiKey, ctx, { keyId: id })).secret);
  return null;
}

const routes = {
  lock: { route: apiRoute(lockUser), body: { reason: "m" } },
  unlock: { route: apiRoute(unlockUser), body: { reason: "m" } },
  remove: { route: apiRoute(removeMember, { status: 204 }), body: undefined },
  unassign: { route: apiRoute(unassignRole, { status: 204 }), body: undefined },
};

/** Kinds of commands that a key is used for. */
export type KeyedKind = keyof typeof routes;

/** Gives a command to the product as a program does, with the key alone. */
export async function executeWithKey(world: World, command: ModelCommand): Promise<void> {
  const { key, scope, kind } = command;
  if (!key || !isKeyed(kind) || !("target" in command)) throw new Error(`No key is used for ${kind}.`);
  const { route, body } = routes[kind];
  const params = {
    userId: command.target.id,
    ...("role" in command ? { roleId: command.role.id } : {}),
    ...(scope === null ? {} : { tenantSlug: `t-${scope}` }),
  };
  const method = body ? "POST" : "DELETE";
  const caller = byKey(world.secrets.get(key.id) ?? "");
  const answer = await callRoute(route, caller, { method, params, ...(body ? { body } : {}) });
  if (answer.status < 300) return;
  const code = answer.status >= 500 ? "UNAVAILABLE" : "FORBIDDEN";
  throw new AppError(code, answer.text);
}

/** Whether a key is used for such a command here. */
export function isKeyed(kind: string): kind is KeyedKind {
  return kind in routes;
}
