import { renameSync, writeFileSync } from "node:fs";

// The format: https://maxmind.github.io/MaxMind-DB/ (version 2.0), here with records of 24 bits, for IPv4 alone.

/** Writes a database in MaxMind's format that knows the countries of these ranges, in one step as publishers advise. */
export function writeCountryFile(path: string, countries: Record<string, string>): void {
  writeFileSync(`${path}.new`, toBytes(countries));
  renameSync(`${path}.new`, path);
}

type Node = [child: Node | number | null, child: Node | number | null];

function toBytes(countries: Record<string, string>): Buffer {
  const root: Node = [null, null];
  const data: Buffer[] = [];
  for (const [range, code] of Object.entries(countries)) {
    place(root, bitsOf(range), Buffer.concat(data).length);
    data.push(mapOf([["country", mapOf([["iso_code", textOf(code)]])]]));
  }
  const nodes = flatten(root);
  const tree = Buffer.alloc(nodes.length * 6);
  nodes.forEach((node, index) => {
    node.forEach((child, side) => {
      const value =
        child === null ? nodes.length : typeof child === "number" ? nodes.length + 16 + child : nodes.indexOf(child);
      tree.writeUIntBE(value, index * 6 + side * 3, 3);
    });
  });
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    ...data,
    Buffer.from("abcdef", "hex"),
    Buffer.from("MaxMind.com"),
    metadata(nodes.length),
  ]);
}

function bitsOf(range: string): number[] {
  const [address = "", length = "32"] = range.split("/");
  const bits = address.split(".").flatMap((byte) => Number(byte).toString(2).padStart(8, "0").split("").map(Number));
  return bits.slice(0, Number(length));
}

function place(root: Node, bits: number[], offset: number): void {
  let node = root;
  bits.forEach((bit, index) => {
    const side = bit === 0 ? 0 : 1;
    if (index === bits.length - 1) {
      node[side] = offset;
      return;
    }
    const child = node[side];
    const next: Node = Array.isArray(child) ? child : [null, null];
    node[side] = next;
    node = next;
  });
}

function flatten(node: Node): Node[] {
  return [node, ...node.flatMap((child) => (Array.isArray(child) ? flatten(child) : []))];
}

function metadata(nodeCount: number): Buffer {
  return mapOf([
    ["node_count", numberOf(nodeCount, 4)],
    ["record_size", numberOf(24, 2)],
    ["ip_version", numberOf(4, 2)],
    ["database_type", textOf("Test-Country")],
    ["languages", Buffer.from([0, 4])],
    ["binary_format_major_version", numberOf(2, 2)],
    ["binary_format_minor_version", numberOf(0, 2)],
    ["build_epoch", Buffer.from([1, 2, 1])],
    ["description", mapOf([])],
  ]);
}

// A value begins with its type in three bits and its length in five.
function textOf(text: string): Buffer {
  return Buffer.concat([Buffer.from([(2 << 5) | text.length]), Buffer.from(text)]);
}

function mapOf(entries: [string, Buffer][]): Buffer {
  return Buffer.concat([
    Buffer.from([(7 << 5) | entries.length]),
    ...entries.flatMap(([name, value]) => [textOf(name), value]),
  ]);
}

function numberOf(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes + 1);
  buffer[0] = ((bytes === 2 ? 5 : 6) << 5) | bytes;
  buffer.writeUIntBE(value, 1, bytes);
  return buffer;
}
