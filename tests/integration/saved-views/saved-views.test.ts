import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { createSavedView } from "@/lib/saved-views/create-saved-view";
import { deleteSavedView } from "@/lib/saved-views/delete-saved-view";
import { listSavedViews } from "@/lib/saved-views/list-saved-views";
import { updateSavedView } from "@/lib/saved-views/update-saved-view";
import { listSessions } from "@/lib/sessions/list-sessions";
import { platformContext, tenantContext, userActor } from "@/tests/support/contexts";
import { auditEventsAbout, auditEventsOf, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

type TenantRole = NonNullable<Parameters<typeof makeMembership>[2]>;

async function person(role: TenantRole = "moderator", tenant?: { id: string; slug: string }) {
  const place = tenant ?? (await makeTenant());
  const user = await makeUser({ homeTenantId: place.id });
  await makeMembership(place.id, user.id, role);
  const scope = { tenantId: place.id, tenantSlug: place.slug };
  return { place, ctx: { ...tenantContext(role, scope), actor: userActor({ id: user.id }) } };
}

type Context = Parameters<typeof runOperation>[1];

const save = (ctx: Context, wishes: object = {}) =>
  runOperation(createSavedView, ctx, { list: "sessions", name: `View ${newId()}`, query: {}, ...wishes });
const namesOf = async (ctx: Context) =>
  (await runOperation(listSavedViews, ctx, { list: "sessions" })).data.map(({ name }) => name);
const actionsAbout = async (id: string) => (await auditEventsAbout(id)).map(({ action, outcome }) => [action, outcome]);

describe("a view", () => {
  test("keeps the list's query, which the list takes as it is, and is its owner's alone until it is shared", async () => {
    const { ctx, place } = await person();
    const colleague = await person("moderator", place);
    const query = { country: "NL", browser: "Firefox", impersonated: false, status: "any", sort: "-lastSeenAt" };
    const made = await save(ctx, { name: "  Dutch  Firefox ", query: { ...query, country: "nl" } });
    expect(made).toMatchObject({ name: "Dutch  Firefox", query, shared: false, own: true });
    expect(await runOperation(listSessions, ctx, made.query)).toMatchObject({ data: [] });
    expect([await namesOf(ctx), await namesOf(colleague.ctx)]).toEqual([["Dutch  Firefox"], []]);
    await runOperation(updateSavedView, ctx, { viewId: made.id, shared: true, name: "Shared" });
    const { data } = await runOperation(listSavedViews, colleague.ctx, { list: "sessions" });
    expect(data).toMatchObject([{ id: made.id, name: "Shared", shared: true, own: false, query }]);
    expect(await actionsAbout(made.id)).toEqual([
      ["saved-view.create", "success"],
      ["saved-view.update", "success"],
    ]);
  });

  test("that is not a query of the list is refused, naming the field", async () => {
    const { ctx } = await person();
    for (const query of [{ nothing: 1 }, { ip: "10.0.0.0/99" }, { sort: "token" }, { cursor: "x" }, "x", undefined]) {
      await expect(save(ctx, { query })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    const contradiction = { createdAfter: "2026-02-01T00:00:00Z", createdBefore: "2026-01-01T00:00:00Z" };
    await expect(save(ctx, { query: contradiction })).rejects.toMatchObject({
      errors: [{ path: "query.createdBefore" }],
    });
    await expect(save(ctx, { list: "users" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await namesOf(ctx)).toEqual([]);
  });

  test("has a name that its owner has not used in that list of that scope", async () => {
    const { ctx, place } = await person();
    const colleague = await person("moderator", place);
    const first = await save(ctx, { name: "Mine" });
    const second = await save(ctx, { name: "Other" });
    await expect(save(ctx, { name: "Mine" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(runOperation(updateSavedView, ctx, { viewId: second.id, name: "Mine" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await runOperation(updateSavedView, ctx, { viewId: first.id, name: "Mine" });
    await save(colleague.ctx, { name: "Mine" });
    expect(await actionsAbout(first.id)).toHaveLength(1);
  });

  test("is one of at most fifty of its owner", async () => {
    const { ctx } = await person();
    for (let index = 0; index < 50; index += 1) await save(ctx, { name: `View ${index}` });
    await expect(save(ctx)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await namesOf(ctx)).toHaveLength(50);
  });
});

describe("somebody else's view", () => {
  test("is absent while it is not shared, and read but not changed when it is", async () => {
    const { ctx, place } = await person();
    const colleague = await person("admin", place);
    const { id: viewId } = await save(ctx);
    const attempts = () => [
      runOperation(updateSavedView, colleague.ctx, { viewId, name: "Taken" }),
      runOperation(deleteSavedView, colleague.ctx, { viewId }),
    ];
    for (const attempt of attempts()) await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
    await runOperation(updateSavedView, ctx, { viewId, shared: true });
    await expect(runOperation(updateSavedView, colleague.ctx, { viewId, name: "Taken" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("that is shared is deleted by whoever may change settings, and by nobody else", async () => {
    const { ctx, place } = await person();
    const [moderator, keeper] = [await person("moderator", place), await person("owner", place)];
    const { id: viewId } = await save(ctx, { shared: true });
    await expect(runOperation(deleteSavedView, moderator.ctx, { viewId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await runOperation(deleteSavedView, keeper.ctx, { viewId });
    expect(await namesOf(ctx)).toEqual([]);
    expect(await actionsAbout(viewId)).toEqual([
      ["saved-view.create", "success"],
      ["saved-view.delete", "success"],
    ]);
    expect(await auditEventsOf(moderator.ctx.requestId)).toMatchObject([
      { action: "saved-view.delete", outcome: "denied" },
    ]);
  });
});

test("each scope has its own: a tenant sees neither another's shared views nor the platform's, and the platform not theirs", async () => {
  const { ctx } = await person();
  const stranger = await person("owner");
  const operator = await makeUser({ platformRole: "owner" });
  const platform = platformContext("owner", { actor: userActor({ id: operator.id }) });
  const ours = await save(ctx, { name: "Ours", shared: true });
  const global = await save(platform, { name: "Global", shared: true });
  expect([await namesOf(ctx), await namesOf(stranger.ctx)]).toEqual([["Ours"], []]);
  expect(await namesOf(platform)).toContain("Global");
  expect(await namesOf(platform)).not.toContain("Ours");
  for (const [reader, viewId] of [
    [stranger.ctx, ours.id],
    [platform, ours.id],
    [ctx, global.id],
    [ctx, "x"],
  ] as const) {
    await expect(runOperation(deleteSavedView, reader, { viewId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(runOperation(updateSavedView, reader, { viewId, shared: false })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }
});

test("whoever may not read the list has no views of it", async () => {
  const { ctx } = await person("member");
  await expect(namesOf(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(save(ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
