"use client";

import { ConsoleError } from "@/app/(console)/screens/console-error";

export default ConsoleError;
