import type { CliOutput } from "./cli-output";

/** Says beside a list for people how to get its next page; a program reads `nextCursor` from the answer. */
export function noteNextPage(output: CliOutput, nextCursor: string | null): void {
  if (nextCursor !== null && !output.json)
    output.note(`There are more. The next page: the same command with --cursor ${nextCursor}`);
}
