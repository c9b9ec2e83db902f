import type { Random } from "./random";

/** A UUIDv7 (RFC 9562) of a moment (epoch milliseconds) whose random part comes from the seed's stream. */
export function seedId(random: Random, at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  const digits = random.hex(18);
  const variant = (8 + (Number.parseInt(digits.charAt(3), 16) % 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-${variant}${digits.slice(4, 7)}-${digits.slice(6)}`;
}
