import { withScope } from "@/lib/db/scoped-transaction";
import { decide } from "@/lib/rate-limits/decide";
import { demoAccounts } from "./demo-accounts";

/** Where the attack comes from: addresses set aside for documentation (RFC 5737). */
const attackers = ["203.0.113.66", "198.51.100.23", "198.51.100.24"];

/**
 * Has the limiter itself see an attack, so that the page about it shows one: addresses that try one account after another,
 * an account that is tried again and again, and a few resets. None of the accounts with printed passwords is touched.
 */
export async function playDemoAttack(): Promise<void> {
  const people = await findVictims();
  const [victim, ...others] = people;
  if (!victim) return;
  for (const address of attackers) {
    for (const person of others) await trySignIn(person, address);
    for (let time = 0; time < 5; time += 1) await trySignIn(victim, address);
  }
  const [patient] = others;
  for (let time = 0; patient && time < 7; time += 1) {
    const facts = { tenantId: patient.tenantId, path: "/api/auth/request-password-reset", address: "192.0.2.77" };
    await decide([{ rule: "reset-mail-account", subject: patient.email }], { ...facts, userId: patient.id });
  }
}

type Victim = { id: string; email: string; tenantId: string };

async function trySignIn({ id, email, tenantId }: Victim, address: string): Promise<void> {
  const facts = { tenantId, path: "/api/auth/sign-in/email", address, userId: id };
  await decide(
    [
      { rule: "sign-in-address", subject: address },
      { rule: "sign-in-account", subject: email },
    ],
    facts,
  );
  await decide([{ rule: "auth-address", subject: address }], { ...facts, userId: null });
}

async function findVictims(): Promise<Victim[]> {
  const printed = demoAccounts.map(({ email }) => email);
  return withScope(
    { kind: "platform" },
    (tx) => tx.$queryRaw<Victim[]>`
      select id::text as id, email, home_tenant_id::text as "tenantId" from "user"
      where home_tenant_id is not null and email <> all(${printed}) order by email limit 7`,
  );
}
