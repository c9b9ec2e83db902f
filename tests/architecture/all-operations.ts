import type { Operation } from "@/lib/operations/define-operation";
import { findFiles, importModule, readText } from "./project-files";

/** Every operation of the product, found in the files that declare one. */
export async function findOperations(): Promise<{ path: string; exportName: string; operation: Operation }[]> {
  const declaring = findFiles("lib", /^lib\/(?!operations\/).*\.ts$/).filter((path) =>
    /\bdefine(?:Query|Command)\(/.test(readText(path)),
  );
  const modules = await Promise.all(declaring.map(async (path) => ({ path, exports: await importModule(path) })));
  return modules.flatMap(({ path, exports }) =>
    Object.entries(exports).flatMap(([exportName, value]) =>
      isOperation(value) ? [{ path, exportName, operation: value }] : [],
    ),
  );
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "kind" in value && "permission" in value && "run" in value;
}
