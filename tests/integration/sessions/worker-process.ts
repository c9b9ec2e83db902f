import { type ChildProgram, startChildProgram } from "@/tests/support/child-program";

const program = `
  import { readEnv } from "@/lib/config/env";
  import { startWorker } from "@/lib/jobs/worker";
  import { createRuntime } from "@/lib/server/create-runtime";
  const env = readEnv();
  await createRuntime({ ...env, databaseUrl: env.databaseUrl ?? "", redisUrl: env.redisUrl ?? "" });
  await startWorker(env.databaseUrl ?? "");
  process.send({ id: -1, answer: null });
`;

/** A worker in a process of its own, on these stores, which can be killed like one. */
export function startWorkerProcess(stores: {
  databaseUrl: string;
  redisUrl: string;
}): Promise<Pick<ChildProgram, "kill">> {
  return startChildProgram({ program, ...stores });
}
