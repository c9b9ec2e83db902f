import { ConsoleNotFound } from "@/app/(console)/screens/console-not-found";

export default ConsoleNotFound;
