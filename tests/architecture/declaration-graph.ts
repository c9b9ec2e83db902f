import { existsSync } from "node:fs";
import ts from "typescript";
import { findFiles, readText, root } from "./project-files";

/** A declaration at the top of a file: what it says, and the declarations that it names, here and in other files. */
export type Declaration = { file: string; name: string; text: string; uses: string[] };

/** Every top-level declaration below `lib`, under `<file>#<name>`. */
export function readDeclarations(): Map<string, Declaration> {
  const files = findFiles("lib", /\.tsx?$/);
  return new Map(files.flatMap(readFile).map((one) => [`${one.file}#${one.name}`, one]));
}

/** Everything that a declaration comes to, by whichever way, itself included. */
export function reach(declarations: Map<string, Declaration>, from: string): Set<string> {
  const reached = new Set<string>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(declarations.get(next)?.uses ?? []));
  }
  return reached;
}

function readFile(file: string): Declaration[] {
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true);
  const declared = source.statements.flatMap(toNamed);
  const known = new Map(declared.map(({ name }) => [name, `${file}#${name}`]));
  for (const [local, target] of source.statements.flatMap((statement) => importsOf(statement, file))) {
    known.set(local, target);
  }
  return declared.map(({ name, node }) => ({ file, name, text: node.getText(), uses: namesIn(node, known) }));
}

function toNamed(statement: ts.Statement): { name: string; node: ts.Node }[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return [{ name: statement.name?.text ?? "default", node: statement }];
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map((node) => ({ name: node.name.getText(), node }));
}

function importsOf(statement: ts.Statement, file: string): [string, string][] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const bindings = statement.importClause?.namedBindings;
  const target = toFile(statement.moduleSpecifier.text, file);
  if (target === null || !bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map(({ name, propertyName }) => [name.text, `${target}#${(propertyName ?? name).text}`]);
}

function toFile(specifier: string, from: string): string | null {
  const isOurs = specifier.startsWith("@/") || specifier.startsWith(".");
  if (!isOurs) return null;
  const base = specifier.startsWith("@/") ? `${root}x` : `${root}${from}`;
  const path = new URL(specifier.replace(/^@\//, "./"), `file://${base}`).pathname.slice(root.length);
  return [`${path}.ts`, `${path}.tsx`].find((candidate) => existsSync(`${root}${candidate}`)) ?? null;
}

// Too much rather than too little: any identifier that has the name of a declaration counts as its use.
function namesIn(node: ts.Node, known: Map<string, string>): string[] {
  const found = new Set<string>();
  const visit = (child: ts.Node) => {
    const target = ts.isIdentifier(child) ? known.get(child.text) : undefined;
    if (target !== undefined) found.add(target);
    child.forEachChild(visit);
  };
  visit(node);
  return [...found];
}
