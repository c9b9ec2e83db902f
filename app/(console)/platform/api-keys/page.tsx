import type { Metadata } from "next";
import { ApiKeysScreen } from "@/app/(console)/screens/api-keys-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.apiKeys.title };

export default ApiKeysScreen;
