import { z } from "zod";
import type { Operation } from "@/lib/operations/define-operation";

/** An operation where it is served: `path` has its parameters in braces, `method` is in lower case. */
export type OperationRoute = { path: string; method: string; operation: Operation; status: number };

type JsonObject = Record<string, unknown>;

/**
 * One operation of the document. Its input is split by the rule of `apiRoute`: path parameters, then the query for GET
 * and DELETE, else the body. An operation that is served at several paths is told apart by its parameters.
 */
export function describeOperation({ path, method, operation, status }: OperationRoute, shared: boolean): JsonObject {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const { properties, required } = inputFields(operation);
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const takesQuery = method === "get" || method === "delete";
  const parameter = (place: "path" | "query") => (name: string) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: properties[name] ?? { type: "string" },
  });
  const parameters = [...inPath.map(parameter("path")), ...(takesQuery ? rest.map(parameter("query")) : [])];
  const suffix = shared && inPath.length > 0 ? `By${inPath.map(capitalize).join("And")}` : "";
  return {
    operationId: `${operation.name}${suffix}`,
    summary: operation.summary,
    ...(operation.permission ? { description: permissionText(operation), "x-permission": operation.permission } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(!takesQuery && rest.length > 0 ? { requestBody: toBody(rest, properties, required) } : {}),
    responses: {
      [status]: toAnswer(operation, status),
      "4XX": { $ref: "#/components/responses/Problem" },
      "5XX": { $ref: "#/components/responses/Problem" },
    },
  };
}

function inputFields(operation: Operation): { properties: JsonObject; required: string[] } {
  const { properties = {}, required = [] } = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" });
  return { properties, required };
}

function toBody(names: string[], properties: JsonObject, required: string[]): JsonObject {
  const needed = required.filter((name) => names.includes(name));
  const schema = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  };
  return { required: needed.length > 0, content: { "application/json": { schema } } };
}

function toAnswer(operation: Operation, status: number): JsonObject {
  if (status === 204) return { description: "Done." };
  const { $schema: _dialect, ...schema } = z.toJSONSchema(operation.output, { io: "output", unrepresentable: "any" });
  return { description: "Done.", content: { "application/json": { schema } } };
}

function permissionText({ permission, stepUp }: Operation): string {
  return `Takes the permission ${permission}.${stepUp ? " Asks for a proof of identity no older than five minutes, or what the policy says." : ""}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
