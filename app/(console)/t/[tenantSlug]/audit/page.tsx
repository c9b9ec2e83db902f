import type { Metadata } from "next";
import { AuditScreen } from "@/app/(console)/screens/audit-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.audit.title };

export default AuditScreen;
