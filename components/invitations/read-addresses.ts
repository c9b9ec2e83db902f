/** Addresses that one request may invite. */
export const addressesMax = 100;

/**
 * The addresses in a pasted text, each once: separated by commas, semicolons, spaces or lines, also in the form
 * `Ada Byron <ada@example.com>`. What is no address at all is told apart; the server decides the rest.
 */
export function readAddresses(pasted: string): { addresses: string[]; malformed: string[] } {
  const bracketed = [...pasted.matchAll(/<([^<>\s]+@[^<>\s]+)>/g)].map(([, address = ""]) => address);
  const rest = pasted.replace(/"[^"]*"/g, " ").replace(/[^<>,;\n]*<[^<>]*>/g, " ");
  const parts = [...bracketed, ...rest.split(/[\s,;]+/)].filter((part) => part !== "");
  const unique = [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()];
  const isAddress = (part: string) => /^[^\s@]+@[^\s@]+$/.test(part);
  return { addresses: unique.filter(isAddress), malformed: unique.filter((part) => !isAddress(part)) };
}
