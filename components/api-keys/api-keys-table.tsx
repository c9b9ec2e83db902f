"use client";

import { BanIcon, KeyRoundIcon, RefreshCwIcon } from "lucide-react";
import { useState } from "react";

import type { ApiKeyActions, ApiKeyWithSecret } from "@/components/api-keys/api-key-actions";
import { ApiKeySheet } from "@/components/api-keys/api-key-sheet";
import { apiKeysColumns, apiKeysOfTenantColumns } from "@/components/api-keys/api-keys-columns";
import { apiKeysFilters } from "@/components/api-keys/api-keys-filters";
import { RevokeApiKeyDialog } from "@/components/api-keys/revoke-api-key-dialog";
import { RotateApiKeyDialog } from "@/components/api-keys/rotate-api-key-dialog";
import { SecretDialog } from "@/components/api-keys/secret-dialog";
import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { GuardedItem } from "@/components/detail/guarded-item";
import { useRowSheet } from "@/components/detail/row-sheet";
import { useScope } from "@/components/scope/scope-provider";
import type { ApiKey } from "@/lib/api-keys/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys;
const fieldsOfPlatform = apiKeysFilters(false);
const fieldsOfTenant = apiKeysFilters(true);

/** Properties of the list of API keys. */
export type ApiKeysTableProps = {
  list: ListDefinition;
  page: ListPage<ApiKey> | null;
  problem: ActionProblem | null;
  viewer: { id: string; permissions: readonly string[] };
  actions: Pick<ApiKeyActions, "rotate" | "revoke">;
};

type Asked = { act: "rotate" | "revoke"; key: ApiKey };

/** The API keys of a scope; each opens beside the list, with what it may do. */
export function ApiKeysTable({ list, page, problem, viewer, actions }: ApiKeysTableProps) {
  const inTenant = useScope().kind === "tenant";
  const sheet = useRowSheet("key");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [made, setMade] = useState<ApiKeyWithSecret | null>(null);
  const open = page?.data.find(({ id }) => id === sheet.openId) ?? null;
  const close = () => setAsked(null);
  return (
    <div onClickCapture={sheet.interceptClick}>
      <DataTable
        list={list}
        noun={text.noun}
        columns={inTenant ? apiKeysOfTenantColumns : apiKeysColumns}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={({ id }) => sheet.hrefOf(id)}
        rowMenu={(key) =>
          key.status === "active" ? (
            <>
              <GuardedItem
                icon={RefreshCwIcon}
                label={text.act.rotate}
                refusal={rotateRefusal(key, viewer)}
                onSelect={() => setAsked({ act: "rotate", key })}
              />
              <GuardedItem
                icon={BanIcon}
                label={text.act.revoke}
                destructive
                refusal={viewer.permissions.includes("api-keys.revoke") ? null : text.act.notPermitted}
                onSelect={() => setAsked({ act: "revoke", key })}
              />
            </>
          ) : null
        }
        filterFields={inTenant ? fieldsOfTenant : fieldsOfPlatform}
        empty={{ icon: KeyRoundIcon, title: text.emptyTitle, description: text.emptyHint }}
      />
      <ApiKeySheet apiKey={open} onClose={sheet.close} />
      {asked?.act === "rotate" ? (
        <RotateApiKeyDialog apiKey={asked.key} perform={actions.rotate} onDone={setMade} onClose={close} />
      ) : null}
      {asked?.act === "revoke" ? (
        <RevokeApiKeyDialog apiKey={asked.key} perform={actions.revoke} onClose={close} />
      ) : null}
      {made ? <SecretDialog apiKey={made} onClose={() => setMade(null)} /> : null}
    </div>
  );
}

function rotateRefusal({ owner }: ApiKey, viewer: ApiKeysTableProps["viewer"]): string | null {
  if (!viewer.permissions.includes("api-keys.create")) return text.act.notPermitted;
  return owner.id === viewer.id ? null : text.act.notOwner;
}
