import { withScope } from "@/lib/db/scoped-transaction";

/** Rows from which texts are taken. */
const sampleRows = 4_000;
/** Texts of one kind, at most. */
const textsOfAKind = 40;

/**
 * Texts to search for, most of them hard: such as match 0.2 to 3 % of the users are too rare to fill a page in passing
 * and too common to be fetched by an index for nothing. Beside them whole addresses and names, common, absent and
 * awkward ones. Equal data give equal texts.
 */
export async function searchTexts(): Promise<{ hard: string[]; others: string[] }> {
  const rows = await withScope({ kind: "platform" }, (tx) =>
    tx.user.findMany({ select: { name: true, email: true }, orderBy: { id: "asc" }, take: sampleRows }),
  );
  const people = rows.map(({ name, email }) => ({ name: name.toLowerCase(), email }));
  const seen = new Map<string, number>();
  for (const { name, email } of people) {
    for (const part of new Set([...partsOf(name), ...partsOf(email)])) seen.set(part, (seen.get(part) ?? 0) + 1);
  }
  const hard = [...seen].filter(([, count]) => count >= sampleRows * 0.002 && count <= sampleRows * 0.03);
  const whole = spread(people, textsOfAKind / 4).flatMap(({ name, email }) => [name, email, email.slice(0, 2)]);
  return {
    hard: spread(hard.map(([part]) => part).sort(), textsOfAKind),
    others: [
      ...whole,
      "zzzqqq",
      "@example",
      "example",
      "nobody at all",
      "a",
      "an",
      "%",
      "_x",
      "o'b",
      "12",
      "1234",
      "777",
    ],
  };
}

// Parts as people type them: beginnings of words, words, and pieces from within.
function* partsOf(text: string): Generator<string> {
  for (const word of text.split(/[\s@.-]+/u).filter((candidate) => candidate.length >= 3)) {
    yield word;
    yield word.slice(0, 3);
    yield word.slice(0, 4);
    yield word.slice(-3);
  }
}

function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}
