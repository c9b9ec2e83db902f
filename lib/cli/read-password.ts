import { UsageError } from "./cli-failure";

/** Characters of a password at most, each of up to four bytes. */
const bytesMax = 128 * 4;

/** Reads a password from standard input: one line, without its line break. Throws a `UsageError` where there is none. */
export async function readPassword(input: AsyncIterable<Buffer | string> = process.stdin): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of input) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    size += bytes.length;
    if (size > bytesMax + 2)
      throw new UsageError("The password on standard input is too long: at most 128 characters.");
  }
  const password = Buffer.concat(parts)
    .toString("utf8")
    .replace(/\r?\n$/, "");
  if (password === "")
    throw new UsageError(
      'Standard input held no password. Pipe it in: printf %s "$PASSWORD" | npm run gatehouse -- create-owner …',
    );
  if (/[\r\n]/.test(password)) throw new UsageError("Standard input held several lines. A password is one line.");
  return password;
}
