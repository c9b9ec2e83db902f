import { isDisowned, type ProvedDevice } from "./attempt-store";

export type { ProvedDevice };

/** A proof, if it still counts: what its user has disowned since is none. Throws `UNAVAILABLE`. */
export async function recogniseDevice(proof: ProvedDevice): Promise<ProvedDevice | null> {
  return (await isDisowned(proof)) ? null : proof;
}
