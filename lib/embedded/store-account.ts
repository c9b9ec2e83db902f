import { execFileSync } from "node:child_process";
import { chownSync, existsSync, readFileSync, statSync } from "node:fs";
import { ConfigurationError } from "@/lib/config/configuration-error";

/** How to run a program that refuses to be root: a prefix of the command line, or the ids of an ordinary account. */
export type StoreAccount = { prefix: string[]; uid?: number; gid?: number };

/**
 * The account under which the server of `directory` runs; `directory` need not exist yet.
 * For an ordinary user it is that user. Root keeps its files and only *appears* to be nobody, by a user namespace;
 * where those are refused, `postgres` or `nobody` runs the server and owns the directory.
 */
export function storeAccount(directory: string): StoreAccount {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = existsSync(directory) ? statSync(directory) : null;
  if (owner && owner.uid !== 0) return { prefix: [], uid: owner.uid, gid: owner.gid };
  if (canUnshareUser()) return { prefix: ["unshare", "-U"] };
  return { prefix: [], ...ordinaryAccount() };
}

/** Gives a new file or directory to the account, where that is another than ours. */
export function giveTo(account: StoreAccount, path: string): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}

function canUnshareUser(): boolean {
  try {
    execFileSync("unshare", ["-U", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function ordinaryAccount(): { uid: number; gid: number } {
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = accounts.find(([account]) => account === name) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new ConfigurationError({
    subject: "embedded Postgres",
    problem:
      "Postgres refuses to run as root, and this system has neither user namespaces nor an account postgres or nobody",
    mend: "run Gatehouse as an ordinary user, or set DATABASE_URL to a Postgres of yours",
  });
}
