import { PlusIcon } from "lucide-react";

import { ApiKeysTable } from "@/components/api-keys/api-keys-table";
import { NoAccess } from "@/components/auth/no-access";
import { GuardedButton } from "@/components/detail/guarded-button";
import { PageHeader } from "@/components/layout/page-header";
import { ScopeLink } from "@/components/scope/scope-link";
import { buttonVariants } from "@/components/ui/button";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { revokeApiKeyAction, rotateApiKeyAction } from "../actions/api-key-actions";
import { apiKeysList } from "../lists/api-keys-list";
import { loadList } from "../load-list";
import type { ScreenProps } from "./screen-props";

const text = messages.apiKeys;

/** The API keys of a scope. */
export async function ApiKeysScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const [viewer, result] = await Promise.all([
    pageViewer(tenantSlug ?? undefined),
    loadList(listApiKeys, { list: apiKeysList, params, searchParams }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        action={viewer.permissions.includes("api-keys.create") ? <NewKeyLink /> : <NewKeyRefused />}
      />
      <ApiKeysTable
        list={apiKeysList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        viewer={{ id: viewer.user.id, permissions: viewer.permissions }}
        actions={{
          rotate: rotateApiKeyAction.bind(null, tenantSlug),
          revoke: revokeApiKeyAction.bind(null, tenantSlug),
        }}
      />
    </>
  );
}

function NewKeyLink() {
  return (
    <ScopeLink href="/api-keys/new" className={buttonVariants()}>
      <PlusIcon aria-hidden="true" />
      {text.act.create}
    </ScopeLink>
  );
}

function NewKeyRefused() {
  return (
    <GuardedButton refusal={text.act.notPermitted}>
      <PlusIcon aria-hidden="true" />
      {text.act.create}
    </GuardedButton>
  );
}
