import type { Metadata } from "next";
import { SettingsScreen } from "@/app/(console)/screens/settings-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.policies.title };

export default SettingsScreen;
