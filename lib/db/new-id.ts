import { v7 } from "uuid";

/** A new primary key: UUIDv7 (RFC 9562), which keeps indexes compact. Never a token: its time part is guessable. */
export function newId(): string {
  return v7();
}

/** Whether a text from outside can be an id at all. One that cannot names nothing, and is never shown to Postgres. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
