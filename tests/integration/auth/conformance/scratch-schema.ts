import type { BetterAuthOptions } from "better-auth";
import { getAuthTables } from "better-auth/db";

type Table = ReturnType<typeof getAuthTables>[string];
type Field = Table["fields"][string];
type Column = { name: string; field: Field; references: { table: string; column: string } | null };
type ScratchTable = { name: string; columns: Column[] };

/** The tables that some options of Better Auth ask for, as a Prisma schema and as SQL. */
export type ScratchSchema = { prisma: string; sql: string };

/** Describes them. Ids are text that Postgres can make, which serves every kind of id that the suites use. */
export function toScratchSchema(options: BetterAuthOptions): ScratchSchema {
  const tables = readTables(options);
  return {
    prisma: tables.map((table) => toModel(table, tables)).join("\n"),
    sql: [...tables.map(toCreate), ...tables.flatMap(toForeignKeys)].join(";\n"),
  };
}

function readTables(options: BetterAuthOptions): ScratchTable[] {
  const byKey = getAuthTables(options);
  const find = (model: string) => byKey[model] ?? Object.values(byKey).find((table) => table.modelName === model);
  return Object.values(byKey).map((table) => ({
    name: table.modelName,
    columns: Object.entries(table.fields).map(([key, field]) => {
      const target = field.references ? find(field.references.model) : undefined;
      const column = field.references?.field ?? "id";
      const references = target
        ? { table: target.modelName, column: target.fields[column]?.fieldName ?? column }
        : null;
      return { name: field.fieldName ?? key, field, references };
    }),
  }));
}

function toModel({ name, columns }: ScratchTable, tables: ScratchTable[]): string {
  const lines = [
    'id String @id @default(dbgenerated("gen_random_uuid()::text"))',
    ...columns.map((column) => {
      const { prisma } = toType(column.field);
      const mark = prisma.endsWith("[]") || column.field.required !== false ? "" : "?";
      return `${column.name} ${prisma}${mark}${column.field.unique ? " @unique" : ""}`;
    }),
    ...columns.flatMap(({ name: column, field, references }) => {
      if (!references) return [];
      const mark = field.required === false ? "?" : "";
      const keys = `fields: [${column}], references: [${references.column}], onDelete: Cascade`;
      return [`${references.table.toLowerCase()} ${references.table}${mark} @relation(${keys})`];
    }),
    ...tables.flatMap((child) =>
      child.columns
        .filter(({ references }) => references?.table === name)
        .map(({ field }) =>
          field.unique ? `${child.name.toLowerCase()} ${child.name}?` : `${child.name.toLowerCase()}s ${child.name}[]`,
        ),
    ),
  ];
  return `model ${name} {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;
}

function toCreate({ name, columns }: ScratchTable): string {
  const lines = columns.map(({ name: column, field }) => {
    const isNullable = field.required === false || toType(field).prisma.endsWith("[]");
    return `"${column}" ${toType(field).sql}${isNullable ? "" : " not null"}${field.unique ? " unique" : ""}`;
  });
  return `create table "${name}" (${["id text primary key default gen_random_uuid()::text", ...lines].join(", ")})`;
}

function toForeignKeys({ name, columns }: ScratchTable): string[] {
  return columns.flatMap(({ name: column, references }) => {
    if (!references) return [];
    return [
      `alter table "${name}" add foreign key ("${column}") references "${references.table}" ("${references.column}") on delete cascade`,
    ];
  });
}

// Prisma's adapter for Better Auth writes JSON as text and lists as lists.
function toType({ type, bigint }: Field): { prisma: string; sql: string } {
  if (type === "number") return bigint ? { prisma: "BigInt", sql: "bigint" } : { prisma: "Int", sql: "integer" };
  if (type === "boolean") return { prisma: "Boolean", sql: "boolean" };
  if (type === "date") return { prisma: "DateTime", sql: "timestamp(3)" };
  if (type === "string[]") return { prisma: "String[]", sql: "text[]" };
  if (type === "number[]") return { prisma: "Int[]", sql: "integer[]" };
  return { prisma: "String", sql: "text" };
}
