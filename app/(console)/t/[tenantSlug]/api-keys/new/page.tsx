import type { Metadata } from "next";
import { NewApiKeyScreen } from "@/app/(console)/screens/new-api-key-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.apiKeys.create.title };

export default NewApiKeyScreen;
