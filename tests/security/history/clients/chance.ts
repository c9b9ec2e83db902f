/** One of them, at random. Throws when there is none. */
export function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to choose from.");
  return item;
}

/** True once in so many times. */
export function oneIn(times: number): boolean {
  return Math.random() * times < 1;
}

/** An address of its own for a client, in one of 24 blocks, or in the block that is given. */
export function someAddress(block = Math.floor(Math.random() * 24)): string {
  return `10.${Math.floor(block / 256)}.${block % 256}.${1 + Math.floor(Math.random() * 254)}`;
}

let addresses = 0;

/** An address that no other client has had. */
export function freshAddress(): string {
  addresses += 1;
  return `11.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Something that is taken as often as its weight says. */
export type Weighted<Item> = readonly (readonly [item: Item, weight: number])[];

/** One of them, at random. */
export function weighted<Item>(items: Weighted<Item>): Item {
  let rest = Math.random() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  throw new Error("There is nothing to choose from.");
}

/** Deals them like cards: in no order, and each exactly as often as its weight says before any comes round again. */
export function createDealer<Item>(items: Weighted<Item>): () => Item {
  let deck: Item[] = [];
  return () => {
    if (deck.length === 0)
      deck = shuffled(items.flatMap(([item, weight]) => Array.from({ length: weight }, () => item)));
    const dealt = deck.pop();
    if (dealt === undefined) throw new Error("There is nothing to choose from.");
    return dealt;
  };
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
