import { describe, expect, it } from "vitest";
import { formatDocument, formatTable, toPlainText } from "@/lib/cli/cli-output";

const columns = [
  { title: "name", cell: (row: { name: string; id: string | null }) => row.name },
  { title: "id", cell: (row: { name: string; id: string | null }) => row.id },
];

describe("formatTable", () => {
  it("aligns columns by width on screen, where a Chinese letter takes two places and a combining mark none", () => {
    const table = formatTable(
      columns,
      [
        { name: "渡辺直樹", id: "1" },
        { name: "Zoe\u0308", id: "2" },
      ],
      "",
    );

    expect(table.split("\n")).toEqual(["NAME      ID", "渡辺直樹  1", "Zoe\u0308       2"]);
  });

  it("shortens what is too wide and shows what is missing", () => {
    const [, line] = formatTable(columns, [{ name: "x".repeat(90), id: null }], "").split("\n");

    expect(line).toBe(`${"x".repeat(59)}…  –`);
  });

  it("says so when there is nothing", () => {
    expect(formatTable(columns, [], "No users match.")).toBe("No users match.");
  });
});

describe("formatDocument", () => {
  it("leaves out what has no value", () => {
    expect(
      formatDocument("Receipt", [
        ["Status", "complete"],
        ["Why", null],
        ["By", "root"],
      ]),
    ).toBe("Receipt\n  Status  complete\n  By      root");
  });
});

describe("toPlainText", () => {
  it("leaves no control character and no change of direction that a terminal would obey", () => {
    expect(toPlainText("a\u001b[31mb\u0007c\nd\u202ee\u2066f")).toBe("a [31mb c d e f");
  });
});
