const shape = /^((?:session|api-key):[^/]+)\/([A-Za-z]+)$/;

/** One operation of one caller, as a subject of rules and as its label. The operation's own name, never a path. */
export function toCallerOperation(caller: string, operation: string): string {
  return `${caller}/${operation}`;
}

/** The caller and the operation of such a label; null for what is none. */
export function parseCallerOperation(label: string): { caller: string; operation: string } | null {
  const [, caller, operation] = shape.exec(label) ?? [];
  return caller === undefined || operation === undefined ? null : { caller, operation };
}
