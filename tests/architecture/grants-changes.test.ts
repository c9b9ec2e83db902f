import { describe, expect, it } from "vitest";
import { type Declaration, reach, readDeclarations } from "./declaration-graph";
import { findFiles, readText } from "./project-files";

// What decides what somebody may do, by table and by Prisma's model.
const assignments = {
  tables: ["role", "platform_role_assignment", "membership_role"],
  models: ["role", "platformRoleAssignment", "membershipRole"],
};
const standing = { tables: ["membership", "tenant", '"user"'], models: ["membership", "tenant", "user"] };

const forgetting = "lib/sessions/replace-grants-around.ts#replaceGrantsAround";
const holding = "lib/authorization/hold-grants.ts#holdGrants";

/** Commands that write such a table and change nobody's grants. */
const withoutForgetting: Record<string, string> = {
  createTenant: "nobody belongs to a tenant before it is there",
  createUser: "nobody can have asked for the grants of somebody who was not there",
  revokeSessions: "it raises epochs, which are no grants",
  revokeUserSessions: "it raises an epoch, which is no grant",
  updateUser: "a name and its like",
};

/** What writes such a table and is reached by no command, and who sees to it that what was known is forgotten. */
const outsideCommands: Record<string, { by: string } | { because: string }> = {
  "lib/invitations/acceptance-repository.ts#redeem": { by: "lib/invitations/accept-invitation.ts" },
  "lib/invitations/acceptance-repository.ts#insertRoles": { by: "lib/invitations/accept-invitation.ts" },
  "lib/tenants/purge-repository.ts#purgeStep": { because: "its tenant was closed days before, which was told" },
  "lib/platform/repository.ts#insertHolder": { because: "the owner that it makes was not there before" },
  "lib/auth/end-sessions-of-user.ts#endSessionsOfUser": { because: "it raises an epoch, which is not a grant" },
  "lib/auth/session-rows.ts#toSessionInsert": { because: "it notes that an invited person has come" },
  "lib/db/sync-built-in-roles.ts#syncBuiltInRoles": { because: "it runs before the process knows anything" },
};

const declarations = readDeclarations();
const databaseFunctions = readDatabaseFunctions();
const writesAssignments = writerOf(assignments);
const writesStanding = writerOf(standing);
const writes = (one: Declaration) => writesAssignments(one) || writesStanding(one);

const commands = [...declarations.keys()].filter((id) => /\bdefineCommand\(/.test(declarations.get(id)?.text ?? ""));
const changing = commands.filter((id) => reaches(id, writes));
const nameOf = (id: string) => declarations.get(id)?.name ?? id;

function reaches(id: string, matches: (one: Declaration) => boolean): boolean {
  return [...reach(declarations, id)].some((one) => {
    const declaration = declarations.get(one);
    return declaration !== undefined && matches(declaration);
  });
}

// The newest body of every function that the migrations make.
function readDatabaseFunctions(): Map<string, string> {
  const bodies = new Map<string, string>();
  for (const file of findFiles("prisma/migrations", /migration\.sql$/)) {
    const made = readText(file).matchAll(
      /create (?:or replace )?(?:function|procedure) gatehouse\.(\w+)\s*\([\s\S]*?as \$(\w*)\$([\s\S]*?)\$\2\$/gi,
    );
    for (const [, name = "", , body = ""] of made) bodies.set(name, body);
  }
  return bodies;
}

/** Whether a declaration writes one of the tables: by SQL, by Prisma, or by a function of the database that does. */
function writerOf({ tables, models }: { tables: string[]; models: string[] }): (one: Declaration) => boolean {
  const bySql = new RegExp(
    `(?:insert into|update|delete from)\\s+(?:only\\s+)?(?:gatehouse\\.|public\\.)?(?:${tables.join("|")})(?![\\w"])`,
    "i",
  );
  const byPrisma = new RegExp(`\\.(?:${models.join("|")})\\.(?:create|update|delete|upsert)\\w*\\(`);
  const functions = [...databaseFunctions].filter(([, body]) => bySql.test(body)).map(([name]) => name);
  const byFunction = new RegExp(`gatehouse\\.(?:${functions.join("|") || "-"})\\(`);
  return ({ text }) => bySql.test(text) || byPrisma.test(text) || byFunction.test(text);
}

describe("a command that changes what somebody may do", () => {
  it("is found by this test: all that are known are among them", () => {
    const known = [
      "assignRole",
      "unassignRole",
      "createRole",
      "updateRole",
      "deleteRole",
      "removeMember",
      "leaveTenant",
    ];
    const more = ["lockUser", "unlockUser", "deleteUser", "suspendTenant", "resumeTenant", "deleteTenant"];
    expect(changing.map(nameOf)).toEqual(expect.arrayContaining([...known, ...more]));
  });

  it("makes every instance forget what it knew, before its commit and after it", () => {
    const silent = changing.filter((id) => !reach(declarations, id).has(forgetting)).map(nameOf);
    expect(silent.sort()).toEqual(Object.keys(withoutForgetting).sort());
  });

  it("waits for others that change roles or who holds them, and decides by what the caller may do then", () => {
    const giving = commands.filter((id) => reaches(id, writesAssignments));
    expect(giving.length).toBeGreaterThan(4);
    expect(giving.filter((id) => !reach(declarations, id).has(holding)).map(nameOf)).toEqual([]);
  });
});

describe("whatever else changes what somebody may do", () => {
  it("is listed here with who sees to the forgetting, or why nobody has to", () => {
    const within = new Set(commands.flatMap((id) => [...reach(declarations, id)]));
    const others = [...declarations].filter(([id, one]) => writes(one) && !within.has(id)).map(([id]) => id);
    const seeds = others.filter((id) => id.startsWith("lib/seed/"));
    expect(others.filter((id) => !seeds.includes(id)).sort()).toEqual(Object.keys(outsideCommands).sort());
  });

  it("makes every instance forget where it is said to", () => {
    for (const [writer, answer] of Object.entries(outsideCommands)) {
      if (!("by" in answer)) continue;
      const text = readText(answer.by);
      expect([writer, text.match(/await replaceGrantsVersion\(\)/g)?.length]).toEqual([writer, 2]);
      expect(text).toContain(nameOf(writer));
    }
  });
});
