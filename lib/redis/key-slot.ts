const slots = 16_384;
/** CRC-16/XMODEM, the checksum of the Redis Cluster specification. */
const polynomial = 0x1021;

/** The hash slot of a key in a cluster, 0 to 16383: of its hash tag, if it has one. */
export function keySlot(key: string): number {
  let checksum = 0;
  for (const byte of Buffer.from(hashTag(key) ?? key)) {
    checksum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      checksum = checksum & 0x8000 ? ((checksum << 1) ^ polynomial) & 0xffff : checksum << 1;
    }
  }
  return checksum % slots;
}

/** Whether one command may name all these keys in a cluster. */
export function isOneSlot(keys: readonly string[]): boolean {
  return new Set(keys.map(keySlot)).size <= 1;
}

/** Items by the slot of the key that each is about, in the order of their first. */
export function groupBySlot<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const slot = keySlot(keyOf(item));
    const group = groups.get(slot);
    if (group) group.push(item);
    else groups.set(slot, [item]);
  }
  return [...groups.values()];
}

// What stands between the first brace and the next closing one, unless that is nothing.
function hashTag(key: string): string | undefined {
  return /^[^{]*\{([^}]+)\}/s.exec(key)?.[1];
}
