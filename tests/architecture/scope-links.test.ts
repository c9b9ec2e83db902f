import { expect, it } from "vitest";
import { findFiles, readText } from "./project-files";

// A component that names a scope would lead its reader out of the one in which they stand.
it("no component and no screen names a scope in an address: scopePath alone makes them", () => {
  const files = [...findFiles("components", /\.tsx?$/), ...findFiles("app/(console)/screens", /\.tsx?$/)];
  expect(files.length).toBeGreaterThan(100);
  expect(
    files.filter((file) => /["'`]\/(?:platform|t)(?:\/|["'`])/.test(readText(file).replace(/\/\*\*[\s\S]*?\*\//g, ""))),
  ).toEqual([]);
});
