import type { AskedChange } from "../checker/check-audit";
import type { Credential, Disturbance, End, Entry, History, PasswordChange, Use } from "./history";

/** A history that is still being written. */
export type Recorder = History & {
  addCredential: (credential: Credential) => void;
  addUse: (use: Use) => void;
  addEntry: (entry: Entry) => void;
  addEnd: (end: End) => End;
  addPasswordChange: (change: PasswordChange) => void;
  /** Changes of which the audit log must know. */
  changes: AskedChange[];
  /** Answers that no client should ever see, such as a 500. */
  failures: string[];
  addFailure: (text: string) => void;
  /** Marks a disturbance from now on; the function that is returned marks its end. */
  disturb: (name: string) => () => void;
  /** What has been done so far, and is no mere attempt: checks that were answered yes or no, and acknowledged ends. */
  done: { checks: number; revocations: number };
};

/** Begins a history. */
export function createRecorder(): Recorder {
  const credentials = new Map<string, Credential>();
  const uses = new Map<string, Use[]>();
  const entries = new Map<string, Entry[]>();
  const ends: End[] = [];
  const passwordChanges: PasswordChange[] = [];
  const disturbances: Disturbance[] = [];
  const changes: AskedChange[] = [];
  const failures: string[] = [];
  const done = { checks: 0, revocations: 0 };
  return {
    ...{ credentials, uses, entries, ends, passwordChanges, disturbances, changes, failures, done },
    addCredential: (credential) => void credentials.set(credential.id, credential),
    addUse: (use) => {
      if (use.outcome === "accepted" || use.outcome === "refused") done.checks += 1;
      append(uses, use.credentialId, use);
    },
    addEntry: (entry) => append(entries, entry.credentialId, entry),
    addEnd: (end) => {
      if (end.outcome === "done") done.revocations += 1;
      ends.push(end);
      return end;
    },
    addPasswordChange: (change) => void passwordChanges.push(change),
    addFailure: (text) => void failures.push(text),
    disturb: (name) => {
      const disturbance = { name, from: performance.now(), until: Number.POSITIVE_INFINITY };
      disturbances.push(disturbance);
      return () => {
        disturbance.until = performance.now();
      };
    },
  };
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
