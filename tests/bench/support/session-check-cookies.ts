import { randomBytes } from "node:crypto";
import { createSessionCookie, hashSessionToken, signSessionToken } from "@/lib/auth/session-cookie";
import { loadAuthSecret } from "@/lib/config/auth-secret";
import { readEnv } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { createPrismaClient } from "@/lib/db/prisma-client";
import { shuffle } from "./figures";

/** One request of the benchmark: a cookie, and the only right answer to it. */
export type CookieRequest = { cookie: string; status: 200 | 401 };

type CookieOptions = {
  dataDir: string;
  databaseUrl: string;
  /** Live sessions; the shares of revoked and junk cookies are of this count, and come on top. */
  sessions: number;
  revokedShare: number;
  junkShare: number;
};

/** Distinct cookies in no order: live ones, with their rows, revoked ones, and ones that nobody has signed. */
export async function makeCookies({ dataDir, databaseUrl, ...counts }: CookieOptions): Promise<CookieRequest[]> {
  const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir });
  const settings = createSessionCookie({ gatehouseUrl: env.gatehouseUrl, secret: loadAuthSecret(env) });
  const live = newTokens(counts.sessions);
  await insertSessions(databaseUrl, live);
  const signed = (token: string) => `${settings.name}=${signSessionToken(token, settings)}`;
  return shuffle([
    ...live.map((token): CookieRequest => ({ cookie: signed(token), status: 200 })),
    // Signed and of no row: what a revoked cookie is.
    ...newTokens(counts.sessions * counts.revokedShare).map(
      (token): CookieRequest => ({ cookie: signed(token), status: 401 }),
    ),
    ...newTokens(counts.sessions * counts.junkShare).map(
      (token): CookieRequest => ({ cookie: `${settings.name}=${token}.${token}`, status: 401 }),
    ),
  ]);
}

async function insertSessions(databaseUrl: string, tokens: readonly string[]): Promise<void> {
  const prisma = createPrismaClient({
    databaseUrl,
    poolMax: 2,
    patienceMilliseconds: 10_000,
    onConnectionError: () => {},
  });
  const users = Array.from({ length: Math.ceil(tokens.length / 2) }, () => ({ id: newId(), name: "Bench" }));
  await prisma.user.createMany({ data: users.map((user) => ({ ...user, email: `${user.id}@example.com` })) });
  const expiresAt = new Date(Date.now() + 86_400_000);
  const rows = tokens.map((token, index) => ({
    id: newId(),
    userId: users[index >> 1]?.id ?? "",
    token: hashSessionToken(token),
    expiresAt,
    idleSeconds: 86_400,
    platformEpoch: 0,
    userEpoch: 0,
  }));
  await prisma.session.createMany({ data: shuffle(rows) });
  await prisma.$disconnect();
}

function newTokens(count: number): string[] {
  return Array.from({ length: Math.round(count) }, () => randomBytes(24).toString("base64url"));
}
