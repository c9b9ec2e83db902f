import type { Metadata } from "next";
import { RateLimitsScreen } from "@/app/(console)/screens/rate-limits-screen";
import { messages } from "@/lib/ui/messages";

export const metadata: Metadata = { title: messages.rateLimits.title };

export default RateLimitsScreen;
