import type { Metadata } from "next";
import { OverviewScreen } from "@/app/(console)/screens/overview-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.overview.title };

export default OverviewScreen;
