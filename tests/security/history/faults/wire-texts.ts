/** What an instance sends when it does one thing of those that a fault is placed between. */

/** Stands a fence: `SET {gsN}:f:…`. */
export const standsFence = (text: string): boolean => /\$3\r\nset\r\n\$\d+\r\n\{gs[0-9a-f]\}:f:/i.test(text);

/** Fills a cached entry: the one script that takes an entry, a lease and two fences. */
export const fillsEntry = (text: string): boolean => /\$4\r\neval\r\n/i.test(text) && /\{gs[0-9a-f]\}:l:/.test(text);

/** Ends a transaction. */
export const commits = (text: string): boolean => /\bcommit\b/i.test(text);
