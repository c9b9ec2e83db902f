import type { Metadata } from "next";
import { SessionsScreen } from "@/app/(console)/screens/sessions-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.sessions.title };

export default SessionsScreen;
