import type { Metadata } from "next";
import { RoleScreen } from "@/app/(console)/screens/role-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.roles.noun.one };

export default RoleScreen;
