import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findFiles, readText, root } from "./project-files";

const folders = "app|components|lib|prisma|tests|scripts|docs|examples";
const rootFiles = ["README.md"].filter((file) => existsSync(`${root}${file}`));
const documents = [...rootFiles, ...findFiles("docs", /\.md$/)];

describe("documents", () => {
  it.each(documents)("%s names only paths that exist", (document) => {
    const named = [
      ...readText(document).matchAll(new RegExp(`(?:^|[\\s\`(])((?:${folders})/[\\w@./()\\[\\]-]+)`, "gm")),
    ]
      .map((match) => (match[1] ?? "").replace(/[.,:;)]+$/, ""))
      .filter((path) => !existsSync(`${root}${path}`) && !existsSync(`${root}${path}.ts`));
    expect(named).toEqual([]);
  });
});
