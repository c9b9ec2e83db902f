import type { Metadata } from "next";
import { NewRoleScreen } from "@/app/(console)/screens/new-role-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.roles.editor.newTitle };

export default NewRoleScreen;
