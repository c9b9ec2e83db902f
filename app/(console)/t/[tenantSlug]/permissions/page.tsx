import type { Metadata } from "next";
import { PermissionsScreen } from "@/app/(console)/screens/permissions-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.roles.matrix.title };

export default PermissionsScreen;
