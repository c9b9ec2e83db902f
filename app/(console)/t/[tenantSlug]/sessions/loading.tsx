import { SessionsLoading } from "@/app/(console)/screens/sessions-loading";

export default SessionsLoading;
