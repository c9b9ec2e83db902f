import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { Client } from "pg";
import { sqlState } from "./migration-error";

/**
 * Lets `member` take on `role` by SET ROLE, without inheriting it where the server can tell the two apart (≥ 16).
 * Roles belong to the whole server, so another database may be granting the same at this moment: then it looks again.
 */
export async function grantRole(client: Client, role: string, member: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (await canSetRole(client, role, member)) return;
    const options = (await serverVersion(client)) >= 160_000 ? " with inherit false, set true" : "";
    try {
      await client.query(`grant ${client.escapeIdentifier(role)} to ${client.escapeIdentifier(member)}${options}`);
      return;
    } catch (error) {
      if (attempt >= 5 || !isRaceWithAnotherDatabase(error)) throw error;
    }
  }
}

/** Gives a role a password, as its SCRAM verifier: the password itself never reaches the server or its log. */
export async function setRolePassword(client: Client, role: string, password: string): Promise<void> {
  const secret = client.escapeLiteral(toScramVerifier(password));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`alter role ${client.escapeIdentifier(role)} login password ${secret}`);
      return;
    } catch (error) {
      if (attempt >= 5 || !isRaceWithAnotherDatabase(error)) throw error;
    }
  }
}

async function canSetRole(client: Client, role: string, member: string): Promise<boolean> {
  const privilege = (await serverVersion(client)) >= 160_000 ? "SET" : "MEMBER";
  const { rows } = await client.query<{ held: boolean }>("select pg_has_role($1::name, $2::name, $3) as held", [
    member,
    role,
    privilege,
  ]);
  return rows[0]?.held ?? false;
}

async function serverVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  return rows[0]?.version ?? 0;
}

// A duplicate membership, or "tuple concurrently updated".
function isRaceWithAnotherDatabase(error: unknown): boolean {
  return sqlState(error) === "23505" || sqlState(error) === "XX000";
}

// RFC 5803's form as Postgres stores it; 4096 rounds is Postgres' own default. Only ASCII passwords need no SASLprep
// (RFC 4013), so any other goes to the server as it is.
function toScramVerifier(password: string): string {
  if (!/^[\x21-\x7e]+$/.test(password)) return password;
  const rounds = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
