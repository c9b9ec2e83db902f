import { freshAddress, oneOf } from "./chance";
import { type EndAnswer, requestEnd } from "./end-request";
import type { EndWay } from "./revocation-ways";
import { type Person, seedResetTokens } from "./seeds";
import type { Driving } from "./uses";
import { firstPassword } from "./world";

/** Somebody chooses a new password by a mailed link, which ends every session there is. */
export const resetPassword: EndWay = async (driving, instance) => {
  const person = oneOf(driving.world.people);
  const [token] = await seedResetTokens(driving.world.stores, [person.id]).catch((): string[] => []);
  return token === undefined ? null : changePassword(driving, instance, { person, token });
};

/** Redeems a link for a new password. */
export async function changePassword(
  driving: Driving,
  instance: number,
  { person, token }: { person: Person; token: string },
): Promise<EndAnswer> {
  const { recorder } = driving.world;
  const changes = person.changes + 1;
  const newPassword = `${firstPassword} ${changes}`;
  const call = {
    method: "POST",
    path: "/api/auth/reset-password",
    body: { token, newPassword },
    address: freshAddress(),
  };
  const coverage = { kind: "user" as const, userId: person.id, tenantId: null };
  const ended = await requestEnd(driving, {
    way: "reset-password",
    instance,
    call,
    coverage,
    action: "password.reset",
  });
  const { invoked, returned } = ended.answer;
  recorder.addPasswordChange({ invoked, returned, userId: person.id, changes, outcome: ended.outcome, window: 0 });
  if (ended.outcome === "done") Object.assign(person, { changes, password: newPassword });
  return ended;
}
