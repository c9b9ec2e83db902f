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

/** One of the ways, as often as its weight says. */
export function weighted<Way>(ways: readonly (readonly [way: Way, weight: number])[]): Way {
  let rest = Math.random() * ways.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [way, weight] of ways) {
    rest -= weight;
    if (rest < 0) return way;
  }
  throw new Error("There is nothing to choose from.");
}
