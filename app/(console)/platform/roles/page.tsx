import type { Metadata } from "next";
import { RolesScreen } from "@/app/(console)/screens/roles-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.roles.title };

export default RolesScreen;
