/** A reproducible stream of pseudo-random values. For made-up data only: anybody can predict it. */
export type Random = {
  /** A float in [0, 1). */
  float: () => number;
  /** An integer from `low` to `high`, both included. */
  integer: (low: number, high: number) => number;
  /** One of `items`, which must not be empty. */
  pick: <T>(items: readonly T[]) => T;
  /** One of `items`, each as likely as its weight. */
  weighted: <T>(items: readonly (readonly [T, number])[]) => T;
  /** Whether something of this probability happens. */
  chance: (probability: number) => boolean;
  /** The items in random order (Fisher and Yates); the argument is left alone. */
  shuffle: <T>(items: readonly T[]) => T[];
  /** Lower-case hexadecimal digits. */
  hex: (digits: number) => string;
};

/** Makes a stream from a seed: equal seeds give equal streams. Generator: sfc32, of PractRand's author. */
export function createRandom(seed: string): Random {
  const next = sfc32(seed);
  const float = () => next() / 2 ** 32;
  const integer = (low: number, high: number) => low + Math.floor(float() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => itemAt(items, integer(0, items.length - 1));
  return {
    float,
    integer,
    pick,
    weighted: (items) => pickWeighted(items, float()),
    chance: (probability) => float() < probability,
    shuffle: (items) => shuffled(items, integer),
    hex: (digits) => {
      let text = "";
      // The bit above the 32 makes every part nine digits long, leading zeros included.
      while (text.length < digits) text += (next() + 2 ** 32).toString(16).slice(1);
      return text.slice(0, digits);
    },
  };
}

function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [hashText(`${seed}/a`), hashText(`${seed}/b`), hashText(`${seed}/c`), 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first values still resemble the seed.
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

// FNV-1a, 32 bits.
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}

function pickWeighted<T>(items: readonly (readonly [T, number])[], float: number): T {
  let total = 0;
  for (const [, weight] of items) total += weight;
  let rest = float * total;
  for (const [item, weight] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  return itemAt(items, items.length - 1)[0];
}

function shuffled<T>(items: readonly T[], integer: (low: number, high: number) => number): T[] {
  const copy = [...items];
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = integer(0, index);
    [copy[index], copy[other]] = [itemAt(copy, other), itemAt(copy, index)];
  }
  return copy;
}

// `undefined` may be one of the items, so the bound is checked and not the value.
function itemAt<T>(items: readonly T[], index: number): T {
  if (index < 0 || index >= items.length) throw new Error("There is nothing to choose from.");
  return items[index] as T;
}
