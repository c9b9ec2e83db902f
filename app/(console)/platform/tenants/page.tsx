import type { Metadata } from "next";
import { TenantsScreen } from "@/app/(console)/screens/tenants-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.tenants.title };

export default TenantsScreen;
