import type { Env } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { noGrants, type RequestContext } from "@/lib/operations/request-context";
import { createFirstOwner } from "@/lib/platform/create-owner";
import { issueSetupLink } from "@/lib/platform/setup-link";
import { playDemoAttack } from "@/lib/seed/play-demo-attack";
import { seedDemo } from "@/lib/seed/seed-demo";

type PrepareOptions = { env: Env; demo: boolean; databaseUrl: string; migrateUrl: string };

/** Sees to the first owner, by the demo, the environment or a set-up link; returns what to tell whoever started us. */
export async function preparePlatform({ env, demo, databaseUrl, migrateUrl }: PrepareOptions): Promise<string[]> {
  const lines = demo ? await prepareDemo({ databaseUrl, migrateUrl }) : [];
  if (env.owner) await createFirstOwner(startContext(), { ...env.owner, name: env.owner.email });
  const link = await issueSetupLink(env);
  return link === null ? lines : [...lines, `Create the first owner (once, within 24 hours): ${link}`];
}

async function prepareDemo(urls: { databaseUrl: string; migrateUrl: string }): Promise<string[]> {
  const { accounts, created } = await seedDemo(urls);
  if (created) await playDemoAttack();
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return [
    "Demo accounts:",
    ...accounts.map(({ email, password, role }) => `  ${email.padEnd(width)}  ${password}  (${role})`),
  ];
}

function startContext(): RequestContext {
  return {
    scope: { kind: "platform" },
    actor: { type: "system", id: null, name: "start" },
    grants: noGrants,
    requestId: newId(),
    clientAddress: null,
    userAgent: null,
    source: "cli",
  };
}
