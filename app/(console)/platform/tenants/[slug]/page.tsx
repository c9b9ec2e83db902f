import type { Metadata } from "next";
import { TenantScreen } from "@/app/(console)/screens/tenant-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.shell.detail.tenants };

export default TenantScreen;
